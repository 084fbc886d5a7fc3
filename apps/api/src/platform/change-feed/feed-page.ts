import { slotOf } from './door-reach';

/** What all that there is needs. Parameters: the revision after which, how many, the end of the feed. */
export const WHOLE_PAGE = `
  SELECT family, entity_id, revision::float8 AS revision, deleted, true AS "isReached", NULL AS "boundRevision"
  FROM change WHERE revision > $1 AND revision <= $3 AND family <> 'door' ORDER BY change.revision LIMIT $2`;

/**
 * The changes of the feed that concern a door, at most so many from each source, with all that share the last revision.
 *
 * A person counts at the revision of their own change or of the newest change of whether one of their groups reaches
 * the door, whichever is later; a template too. Somebody whom no group brings to the door is a tombstone there, and
 * their templates are none of its business.
 *
 * Parameters: the revision after which, the door, how many, the end of the feed, and the revision up to which the door
 * is known to hold nothing that could have gone. There is always a row, perhaps of no family: it says up to which revision
 * the page is whole.
 */
export const FEED_PAGE = `
  WITH reach AS MATERIALIZED (SELECT group_id, reaches, revision FROM door_reach WHERE door_id = $2),
  own AS (
    SELECT change.family, change.entity_id, change.revision, change.deleted, owner.person_id
    FROM change
    LEFT JOIN template ON change.family = 'template' AND template.id = change.entity_id
    CROSS JOIN LATERAL (SELECT CASE change.family
      WHEN 'person' THEN change.entity_id WHEN 'template' THEN template.person_id END AS person_id) AS owner
    WHERE change.revision > $1 AND change.revision <= $4 AND CASE
      WHEN change.family = 'door' THEN change.entity_id = $2
      WHEN change.family NOT IN ('person', 'template') THEN true
      WHEN change.deleted THEN change.revision > $5
      ELSE NOT EXISTS (
          SELECT FROM access_group_member AS member JOIN reach USING (group_id)
          WHERE member.person_id = owner.person_id
            AND reach.revision + ${slotOf('member.person_id')} > change.revision)
        AND (change.family = 'person' AND change.revision > $5 OR EXISTS (
          SELECT FROM access_group_member AS member JOIN reach USING (group_id)
          WHERE member.person_id = owner.person_id AND reach.reaches))
      END
    ORDER BY change.revision LIMIT $3
  ),
  regrouped AS (
    SELECT DISTINCT found.person_id, found.revision FROM reach CROSS JOIN LATERAL (
      SELECT member.person_id, reach.revision + ${slotOf('member.person_id')} AS revision
      FROM access_group_member AS member
      WHERE member.group_id = reach.group_id AND ${slotOf('member.person_id')} > $1 - reach.revision
        AND NOT EXISTS (
          SELECT FROM access_group_member AS other JOIN reach AS newer USING (group_id)
          WHERE other.person_id = member.person_id AND newer.revision > reach.revision)
      ORDER BY ${slotOf('member.person_id')} FETCH FIRST $3 ROWS WITH TIES
    ) AS found
    ORDER BY found.revision FETCH FIRST $3 ROWS WITH TIES
  ),
  entry AS (
    SELECT family, entity_id, revision, deleted, person_id FROM own
    UNION ALL
    SELECT change.family, change.entity_id, regrouped.revision, change.deleted, regrouped.person_id
    FROM regrouped JOIN change ON change.family = 'person' AND change.entity_id = regrouped.person_id
    WHERE change.revision <= regrouped.revision
    UNION ALL
    SELECT change.family, change.entity_id, regrouped.revision, change.deleted, regrouped.person_id
    FROM regrouped JOIN template USING (person_id)
    JOIN change ON change.family = 'template' AND change.entity_id = template.id
    WHERE change.revision <= regrouped.revision
  ),
  known AS (
    SELECT family, entity_id, revision, deleted, (deleted OR person_id IS NULL OR EXISTS (
      SELECT FROM access_group_member AS member JOIN reach USING (group_id)
      WHERE member.person_id = entry.person_id AND reach.reaches)) AS is_reached
    FROM entry
  )
  SELECT family, entity_id, known.revision::float8 AS revision, deleted, is_reached AS "isReached",
    bound.revision::float8 AS "boundRevision"
  FROM (SELECT CASE WHEN count(*) >= $3 THEN max(revision) END AS revision FROM regrouped) AS bound
  LEFT JOIN known ON is_reached AND NOT deleted OR known.revision > $5 AND (family <> 'template' OR deleted)
  ORDER BY known.revision, family`;
