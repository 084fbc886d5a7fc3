import { Injectable } from '@nestjs/common';
import { SCORE_BIN_WIDTH, SCORE_BINS, type DoorScores } from '@munjigi/contracts';
import { DataSource } from 'typeorm';

/** So many visits say enough, and cost a known time. */
const VISITS_MAX = 50_000;

type Counted = Omit<DoorScores, 'doorId' | 'from' | 'until'>;

/** Counts the similarities of a door's visits. */
@Injectable()
export class DoorScoresRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Those since an instant, of the door's newest model. */
  async count(doorId: string, from: Date): Promise<Counted> {
    const rows = await this.dataSource.query<Row[]>(QUERY, [doorId, from]);
    const [first] = rows;
    const bins = (key: 'recognised' | 'runners_up' | 'unknown') => {
      const counts = Array.from({ length: SCORE_BINS }, () => 0);
      for (const row of rows) if (row.bin !== null) counts[row.bin] = row[key];
      return counts;
    };
    const visits = first?.visits ?? 0;
    return {
      modelId: first?.model_id ?? null,
      visits: Math.min(visits, VISITS_MAX),
      isCut: visits > VISITS_MAX,
      recognised: bins('recognised'),
      runnersUp: bins('runners_up'),
      unknown: bins('unknown'),
      similarityMin: first?.similarity_min ?? null,
    };
  }
}

interface Row {
  readonly bin: number | null;
  readonly recognised: number;
  readonly runners_up: number;
  readonly unknown: number;
  readonly visits: number;
  readonly model_id: string;
  readonly similarity_min: number;
}

/** A person who is recognised and yet denied, by the rules, is recognised all the same. */
const QUERY = `
  WITH last AS (
    SELECT model_id, similarity_min FROM access_event WHERE door_id = $1 AND occurred_at >= $2
    ORDER BY occurred_at DESC, id DESC LIMIT 1
  ), visit AS (
    SELECT event.person_id, event.similarity, event.runner_up_similarity FROM access_event AS event, last
    WHERE event.door_id = $1 AND event.occurred_at >= $2 AND event.model_id = last.model_id
      AND event.similarity IS NOT NULL
    ORDER BY event.occurred_at DESC, event.id DESC LIMIT ${VISITS_MAX + 1}
  ), score AS (
    SELECT similarity AS value, CASE WHEN person_id IS NULL THEN 'unknown' ELSE 'recognised' END AS kind FROM visit
    UNION ALL
    SELECT runner_up_similarity, 'runner-up' FROM visit
    WHERE person_id IS NOT NULL AND runner_up_similarity IS NOT NULL
  ), binned AS (
    SELECT least(${SCORE_BINS - 1}, greatest(0, floor(value / ${SCORE_BIN_WIDTH})))::int AS bin,
      count(*) FILTER (WHERE kind = 'recognised')::int AS recognised,
      count(*) FILTER (WHERE kind = 'runner-up')::int AS runners_up,
      count(*) FILTER (WHERE kind = 'unknown')::int AS unknown
    FROM score GROUP BY 1
  )
  SELECT binned.*, last.model_id, last.similarity_min, (SELECT count(*)::int FROM visit) AS visits
  FROM last LEFT JOIN binned ON true ORDER BY bin`;
