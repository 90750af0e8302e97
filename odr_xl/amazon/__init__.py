"""Amazon's Selling Partner API: the reports of a seller, downloaded with the seller's own keys."""
