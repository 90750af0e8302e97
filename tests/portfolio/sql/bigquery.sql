SELECT
  `t11`.`account`,
  `t11`.`marketplace`,
  `t11`.`day`,
  `t11`.`orders`,
  `t11`.`defective`,
  `t11`.`defective_amazon`,
  `t11`.`defective_returns`,
  `t11`.`negative_feedback`,
  `t11`.`a_to_z_claim`,
  `t11`.`chargeback`,
  `t11`.`defect_return`,
  `t11`.`defect_cancellation`,
  `t11`.`several`,
  `t11`.`several_amazon`,
  `t11`.`several_returns`,
  `t11`.`cancelled`,
  `t11`.`pending`,
  `t11`.`left_out`,
  `t11`.`unmatched`
FROM (
  SELECT
    `t10`.`account`,
    `t10`.`marketplace`,
    `t10`.`day`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `orders`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 128
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `left_out`,
    SUM(IF(NOT (
      (
        `t10`.`flags` & 256
      ) <> 0
    ), `t10`.`number`, 0)) AS `unmatched`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 1
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `negative_feedback`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 2
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `a_to_z_claim`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 4
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `chargeback`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 8
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `defect_return`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 16
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `defect_cancellation`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 32
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `cancelled`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 64
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `pending`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 7
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `defective_amazon`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            IF((
              `t10`.`flags` & 1
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 2
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 4
            ) <> 0, 1, 0)
          ) >= 2
        ),
        `t10`.`number`,
        0
      )
    ) AS `several_amazon`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 24
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `defective_returns`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            IF((
              `t10`.`flags` & 8
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 16
            ) <> 0, 1, 0)
          ) >= 2
        ),
        `t10`.`number`,
        0
      )
    ) AS `several_returns`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            `t10`.`flags` & 31
          ) <> 0
        ),
        `t10`.`number`,
        0
      )
    ) AS `defective`,
    SUM(
      IF(
        (
          (
            `t10`.`flags` & 256
          ) <> 0
        )
        AND NOT (
          (
            `t10`.`flags` & 128
          ) <> 0
        )
        AND (
          (
            IF((
              `t10`.`flags` & 1
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 2
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 4
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 8
            ) <> 0, 1, 0) + IF((
              `t10`.`flags` & 16
            ) <> 0, 1, 0)
          ) >= 2
        ),
        `t10`.`number`,
        0
      )
    ) AS `several`
  FROM (
    SELECT
      `t9`.`account`,
      COALESCE(
        CASE
          WHEN `t9`.`marketplace` <= 0
          THEN ''
          WHEN `t9`.`marketplace` < 29
          THEN 'US'
          WHEN `t9`.`marketplace` < 57
          THEN 'CA'
          WHEN `t9`.`marketplace` < 89
          THEN 'MX'
          WHEN `t9`.`marketplace` < 121
          THEN 'BR'
          WHEN `t9`.`marketplace` < 155
          THEN 'UK'
          WHEN `t9`.`marketplace` < 183
          THEN 'DE'
          WHEN `t9`.`marketplace` < 211
          THEN 'FR'
          WHEN `t9`.`marketplace` < 238
          THEN 'IT'
          WHEN `t9`.`marketplace` < 266
          THEN 'ES'
          WHEN `t9`.`marketplace` < 294
          THEN 'NL'
          WHEN `t9`.`marketplace` < 325
          THEN 'BE'
          WHEN `t9`.`marketplace` < 353
          THEN 'PL'
          WHEN `t9`.`marketplace` < 381
          THEN 'SE'
          WHEN `t9`.`marketplace` < 409
          THEN 'IE'
          WHEN `t9`.`marketplace` < 441
          THEN 'TR'
          WHEN `t9`.`marketplace` < 469
          THEN 'AE'
          WHEN `t9`.`marketplace` < 497
          THEN 'SA'
          WHEN `t9`.`marketplace` < 524
          THEN 'EG'
          WHEN `t9`.`marketplace` < 551
          THEN 'IN'
          WHEN `t9`.`marketplace` < 582
          THEN 'JP'
          WHEN `t9`.`marketplace` < 614
          THEN 'AU'
          WHEN `t9`.`marketplace` < 642
          THEN 'SG'
          WHEN `t9`.`marketplace` < 672
          THEN 'ZA'
          ELSE ''
        END,
        ''
      ) AS `marketplace`,
      `t9`.`day`,
      `t9`.`flags`,
      `t9`.`number`
    FROM (
      SELECT
        `t8`.`account`,
        `t8`.`marketplace`,
        `t8`.`day`,
        `t8`.`flags`,
        COUNT(*) AS `number`
      FROM (
        SELECT
          `t7`.`account`,
          `t7`.`order_id`,
          `t7`.`day`,
          IF(STARTS_WITH(`t7`.`order_id`, 'S01-'), `t7`.`flags` | 128, `t7`.`flags`) AS `flags`,
          `t7`.`marketplace`
        FROM (
          SELECT
            `t6`.`account`,
            `t6`.`order_id`,
            MIN(`t6`.`day`) AS `day`,
            BIT_OR(`t6`.`flags`) AS `flags`,
            MIN(`t6`.`marketplace`) AS `marketplace`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t4`.`account`,
                `t4`.`order_id`,
                IF(`t4`.`odr_day` BETWEEN 9131 AND 47846, `t4`.`odr_day`, CAST(NULL AS INT64)) AS `day`,
                `t4`.`flags`,
                `t4`.`marketplace`
              FROM (
                SELECT
                  COALESCE(TRIM(`t0`.`account`, ' \t\n\r\v\f'), '') AS `account`,
                  CASE
                    WHEN `t0`.`order_id` LIKE '___-_______-_______' AND (
                      `t0`.`order_id` < '['
                    )
                    THEN `t0`.`order_id`
                    WHEN `t0`.`order_id` LIKE '___-_______-_______'
                    THEN UPPER(`t0`.`order_id`)
                    WHEN (
                      TRIM(`t0`.`order_id`, ' \t\n\r\v\f') = ''
                    )
                    OR REGEXP_CONTAINS(TRIM(`t0`.`order_id`, ' \t\n\r\v\f'), '^[0-9]([.,][0-9]+)?[eE][+]?[0-9]+$')
                    THEN CAST(NULL AS STRING)
                    ELSE TRIM(`t0`.`order_id`, ' \t\n\r\v\f')
                  END AS `order_id`,
                  CAST(0 + IF(`t0`.`negative_feedback`, 1, 0) + IF(`t0`.`a_to_z_claim`, 2, 0) + IF(`t0`.`chargeback`, 4, 0) + IF(`t0`.`defect_return`, 8, 0) + IF(`t0`.`defect_cancellation`, 16, 0) + 256 + CASE
                    WHEN CAST(INSTR(
                      '||shipped|unshipped|shipping|partiallyshipped|invoiceunconfirmed|cancelled|canceled|pending|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) < 0
                    THEN IF(
                      STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'cancelled')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'canceled')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'storniert')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'annul')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'cancelad')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'キャンセル')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), '已取消'),
                      0,
                      32
                    ) + IF(
                      STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'pending')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'ausstehend')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'en attente')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'pendiente')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), 'in attesa')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), '保留中')
                      OR STARTS_WITH(LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f')), '待处理'),
                      0,
                      64
                    )
                    WHEN CAST(INSTR(
                      '||shipped|unshipped|shipping|partiallyshipped|invoiceunconfirmed|cancelled|canceled|pending|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) < 64
                    THEN 96
                    WHEN CAST(INSTR(
                      '||shipped|unshipped|shipping|partiallyshipped|invoiceunconfirmed|cancelled|canceled|pending|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) < 83
                    THEN 64
                    WHEN CAST(INSTR(
                      '||shipped|unshipped|shipping|partiallyshipped|invoiceunconfirmed|cancelled|canceled|pending|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`order_status`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) < 91
                    THEN 32
                    ELSE 96
                  END + IF(
                    COALESCE(STARTS_WITH(LOWER(TRIM(`t0`.`sales_channel`, ' \t\n\r\v\f')), 'non-amazon'), FALSE),
                    128,
                    0
                  ) AS INT64) AS `flags`,
                  IF(
                    CAST(INSTR(
                      '||us|amazon.com|atvpdkikx0der|ca|amazon.ca|a2euq1wtgctbg2|mx|amazon.com.mx|a1am78c64um0y8|br|amazon.com.br|a2q3y263d00kwc|uk|amazon.co.uk|a1f83g8c2aro7p|gb|de|amazon.de|a1pa6795ukmfr9|fr|amazon.fr|a13v1ib3viyzzh|it|amazon.it|apj6jra9ng5v4|es|amazon.es|a1rkkupihcs9hs|nl|amazon.nl|a1805izsgtt6hs|be|amazon.com.be|amen7pms3edwl|pl|amazon.pl|a1c3sozrarq6r3|se|amazon.se|a2nodrkzp88zb9|ie|amazon.ie|a28r8c7nbkewea|tr|amazon.com.tr|a33avaj2pdy3ev|ae|amazon.ae|a2vigq35rcs4ug|sa|amazon.sa|a17e79c6d8dwnp|eg|amazon.eg|arbp9ooshtchu|in|amazon.in|a21tjruun4kgv|jp|amazon.co.jp|a1vc38t7yxb528|au|amazon.com.au|a39ibj37trp1c6|sg|amazon.sg|a19vau5u5o7rus|za|amazon.co.za|ae08wj6yknbmc|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`sales_channel`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) > 0,
                    CAST(INSTR(
                      '||us|amazon.com|atvpdkikx0der|ca|amazon.ca|a2euq1wtgctbg2|mx|amazon.com.mx|a1am78c64um0y8|br|amazon.com.br|a2q3y263d00kwc|uk|amazon.co.uk|a1f83g8c2aro7p|gb|de|amazon.de|a1pa6795ukmfr9|fr|amazon.fr|a13v1ib3viyzzh|it|amazon.it|apj6jra9ng5v4|es|amazon.es|a1rkkupihcs9hs|nl|amazon.nl|a1805izsgtt6hs|be|amazon.com.be|amen7pms3edwl|pl|amazon.pl|a1c3sozrarq6r3|se|amazon.se|a2nodrkzp88zb9|ie|amazon.ie|a28r8c7nbkewea|tr|amazon.com.tr|a33avaj2pdy3ev|ae|amazon.ae|a2vigq35rcs4ug|sa|amazon.sa|a17e79c6d8dwnp|eg|amazon.eg|arbp9ooshtchu|in|amazon.in|a21tjruun4kgv|jp|amazon.co.jp|a1vc38t7yxb528|au|amazon.com.au|a39ibj37trp1c6|sg|amazon.sg|a19vau5u5o7rus|za|amazon.co.za|ae08wj6yknbmc|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`sales_channel`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64),
                    CAST(NULL AS INT64)
                  ) AS `marketplace`,
                  `t0`.`order_date` AS `odr_date`,
                  IF(
                    CAST(INSTR(
                      '||us|amazon.com|atvpdkikx0der|ca|amazon.ca|a2euq1wtgctbg2|mx|amazon.com.mx|a1am78c64um0y8|br|amazon.com.br|a2q3y263d00kwc|uk|amazon.co.uk|a1f83g8c2aro7p|gb|de|amazon.de|a1pa6795ukmfr9|fr|amazon.fr|a13v1ib3viyzzh|it|amazon.it|apj6jra9ng5v4|es|amazon.es|a1rkkupihcs9hs|nl|amazon.nl|a1805izsgtt6hs|be|amazon.com.be|amen7pms3edwl|pl|amazon.pl|a1c3sozrarq6r3|se|amazon.se|a2nodrkzp88zb9|ie|amazon.ie|a28r8c7nbkewea|tr|amazon.com.tr|a33avaj2pdy3ev|ae|amazon.ae|a2vigq35rcs4ug|sa|amazon.sa|a17e79c6d8dwnp|eg|amazon.eg|arbp9ooshtchu|in|amazon.in|a21tjruun4kgv|jp|amazon.co.jp|a1vc38t7yxb528|au|amazon.com.au|a39ibj37trp1c6|sg|amazon.sg|a19vau5u5o7rus|za|amazon.co.za|ae08wj6yknbmc|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`sales_channel`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64) > 0,
                    CAST(INSTR(
                      '||us|amazon.com|atvpdkikx0der|ca|amazon.ca|a2euq1wtgctbg2|mx|amazon.com.mx|a1am78c64um0y8|br|amazon.com.br|a2q3y263d00kwc|uk|amazon.co.uk|a1f83g8c2aro7p|gb|de|amazon.de|a1pa6795ukmfr9|fr|amazon.fr|a13v1ib3viyzzh|it|amazon.it|apj6jra9ng5v4|es|amazon.es|a1rkkupihcs9hs|nl|amazon.nl|a1805izsgtt6hs|be|amazon.com.be|amen7pms3edwl|pl|amazon.pl|a1c3sozrarq6r3|se|amazon.se|a2nodrkzp88zb9|ie|amazon.ie|a28r8c7nbkewea|tr|amazon.com.tr|a33avaj2pdy3ev|ae|amazon.ae|a2vigq35rcs4ug|sa|amazon.sa|a17e79c6d8dwnp|eg|amazon.eg|arbp9ooshtchu|in|amazon.in|a21tjruun4kgv|jp|amazon.co.jp|a1vc38t7yxb528|au|amazon.com.au|a39ibj37trp1c6|sg|amazon.sg|a19vau5u5o7rus|za|amazon.co.za|ae08wj6yknbmc|',
                      CONCAT(CONCAT('|', LOWER(TRIM(`t0`.`sales_channel`, ' \t\n\r\v\f'))), '|')
                    ) - 1 AS INT64),
                    CAST(NULL AS INT64)
                  ) AS `odr_site`,
                  UNIX_SECONDS(`t0`.`order_date`) AS `odr_seconds`,
                  CAST(FLOOR(
                    ieee_divide(
                      UNIX_SECONDS(`t0`.`order_date`) + CASE
                        WHEN UNIX_SECONDS(`t0`.`order_date`) >= 1825578000
                        THEN -28800
                        WHEN UNIX_SECONDS(`t0`.`order_date`) >= 1805018400
                        THEN -25200
                        WHEN UNIX_SECONDS(`t0`.`order_date`) >= 1793523600
                        THEN -28800
                        WHEN UNIX_SECONDS(`t0`.`order_date`) >= 1772964000
                        THEN -25200
                        WHEN UNIX_SECONDS(`t0`.`order_date`) >= 1762074000
                        THEN -28800
                        ELSE -25200
                      END,
                      86400
                    )
                  ) AS INT64) AS `odr_day`
                FROM `orders` AS `t0`
              ) AS `t4`
            ) AS `t5`
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  COALESCE(TRIM(`t1`.`account`, ' \t\n\r\v\f'), '') AS `account`,
                  CASE
                    WHEN `t1`.`order_id` LIKE '___-_______-_______' AND (
                      `t1`.`order_id` < '['
                    )
                    THEN `t1`.`order_id`
                    WHEN `t1`.`order_id` LIKE '___-_______-_______'
                    THEN UPPER(`t1`.`order_id`)
                    WHEN (
                      TRIM(`t1`.`order_id`, ' \t\n\r\v\f') = ''
                    )
                    OR REGEXP_CONTAINS(TRIM(`t1`.`order_id`, ' \t\n\r\v\f'), '^[0-9]([.,][0-9]+)?[eE][+]?[0-9]+$')
                    THEN CAST(NULL AS STRING)
                    ELSE TRIM(`t1`.`order_id`, ' \t\n\r\v\f')
                  END AS `order_id`,
                  CAST(NULL AS INT64) AS `day`,
                  CAST(IF(
                    NOT (
                      LOWER(COALESCE(TRIM(`t1`.`counts`, ' \t\n\r\v\f'), '')) IN (
                        '',
                        '-',
                        '--',
                        '.',
                        '/',
                        'aucun',
                        'aucune',
                        'brak',
                        'f',
                        'falsch',
                        'false',
                        'falso',
                        'faux',
                        'geen',
                        'hayır',
                        'kein',
                        'keine',
                        'n',
                        'n.a.',
                        'n/a',
                        'na',
                        'nao',
                        'nee',
                        'nein',
                        'nej',
                        'nessuna',
                        'nessuno',
                        'nie',
                        'nil',
                        'ninguno',
                        'no',
                        'no defect',
                        'non',
                        'none',
                        'not',
                        'not applicable',
                        'null',
                        'não',
                        'ok',
                        '×',
                        '–',
                        '—',
                        '―',
                        '−',
                        '□',
                        '☐',
                        '✗',
                        '✘',
                        'いいえ',
                        'なし',
                        '不',
                        '不是',
                        '不适用',
                        '假',
                        '偽',
                        '否',
                        '无',
                        '没有',
                        '無',
                        '非該当'
                      )
                    ),
                    CASE
                      WHEN REGEXP_REPLACE(LOWER(COALESCE(TRIM(`t1`.`cause`, ' \t\n\r\v\f'), '')), '[\\s_-]+', '_') = 'negative_feedback'
                      THEN 1
                      WHEN REGEXP_REPLACE(LOWER(COALESCE(TRIM(`t1`.`cause`, ' \t\n\r\v\f'), '')), '[\\s_-]+', '_') = 'a_to_z_claim'
                      THEN 2
                      WHEN REGEXP_REPLACE(LOWER(COALESCE(TRIM(`t1`.`cause`, ' \t\n\r\v\f'), '')), '[\\s_-]+', '_') = 'chargeback'
                      THEN 4
                      WHEN REGEXP_REPLACE(LOWER(COALESCE(TRIM(`t1`.`cause`, ' \t\n\r\v\f'), '')), '[\\s_-]+', '_') = 'defect_return'
                      THEN 8
                      WHEN REGEXP_REPLACE(LOWER(COALESCE(TRIM(`t1`.`cause`, ' \t\n\r\v\f'), '')), '[\\s_-]+', '_') = 'defect_cancellation'
                      THEN 16
                      ELSE 0
                    END,
                    0
                  ) AS INT64) AS `flags`,
                  CAST(NULL AS INT64) AS `marketplace`
                FROM `defects` AS `t1`
              ) AS `t2`
              WHERE
                `t2`.`flags` <> 0
            ) AS `t3`
          ) AS `t6`
          GROUP BY
            1,
            2
        ) AS `t7`
        WHERE
          `t7`.`order_id` IS NOT NULL
          AND (
            (
              `t7`.`day` IS NULL
            ) OR (
              `t7`.`day` >= 20577
            )
          )
      ) AS `t8`
      GROUP BY
        1,
        2,
        3,
        4
    ) AS `t9`
  ) AS `t10`
  GROUP BY
    1,
    2,
    3
) AS `t11`
