"""What watches the rate for a seller: alerts, their memory, their receivers, and the entry that runs them daily."""
