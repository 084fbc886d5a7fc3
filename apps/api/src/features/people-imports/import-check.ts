import type { ImportCheck, ImportPlan, ImportProblem } from '@munjigi/contracts';
import type { ImportsRepository } from './imports.repository';
import type { PlannedImport, PlannedRow } from './import-plan';

const PROBLEMS_MAX = 1_000;
const PAGE = 1_000;

/** What running an import would do, without doing it; faces are not looked at. */
export async function checkImport(
  planned: PlannedImport,
  plan: ImportPlan,
  imports: ImportsRepository,
): Promise<ImportCheck> {
  const tally = new Tally(planned, plan);
  for (let first = 1; first <= planned.rows; first += PAGE) {
    const last = Math.min(planned.rows, first + PAGE - 1);
    const rows = Array.from({ length: last - first + 1 }, (_, index) => planned.row(first + index));
    const numbers = rows.flatMap((row) => ('request' in row ? (row.request.employeeNumber ?? []) : []));
    const existing = await imports.byEmployeeNumber(numbers);
    for (const row of rows) tally.add(row, existing);
  }
  return tally.result();
}

class Tally {
  private readonly counts = { wouldCreate: 0, wouldUpdate: 0, wouldSkip: 0, wouldRefuse: 0 };
  private readonly problems: ImportProblem[] = [];
  private readonly seen = new Map<string, number>();
  private readonly used = new Set<string>();

  constructor(
    private readonly planned: PlannedImport,
    private readonly plan: ImportPlan,
  ) {}

  add(row: PlannedRow, existing: ReadonlyMap<string, { siteId: string | null }>): void {
    if ('problems' in row) {
      for (const problem of row.problems) this.tell({ row: row.row, ...problem });
      this.counts.wouldRefuse++;
      return;
    }
    for (const { path } of row.files) this.used.add(path);
    for (const name of row.missing) {
      this.tell({ row: row.row, field: 'photos', message: `there is no photo “${name}” in the upload` });
    }
    this.counts[this.fateOf(row.row, row.request.employeeNumber ?? null, existing)]++;
  }

  result(): ImportCheck {
    const { rows, files } = this.planned;
    const unusedPhotos = files.photos.filter(({ path }) => !this.used.has(path)).length;
    return { rows, ...this.counts, unusedPhotos, problems: this.problems };
  }

  private fateOf(
    row: number,
    number: string | null,
    existing: ReadonlyMap<string, { siteId: string | null }>,
  ): keyof Tally['counts'] {
    if (number === null) return 'wouldCreate';
    const earlier = this.seen.get(number);
    if (earlier !== undefined) {
      this.tell({ row, field: 'employeeNumber', message: `is that of row ${earlier} too` });
    } else {
      this.seen.set(number, row);
    }
    const found = existing.get(number);
    if (!found && earlier === undefined) return 'wouldCreate';
    if (found && found.siteId !== this.plan.siteId && this.plan.existing === 'update') {
      this.tell({ row, field: 'employeeNumber', message: 'belongs to somebody of another site' });
      return 'wouldRefuse';
    }
    if (this.plan.existing === 'update') return 'wouldUpdate';
    if (this.plan.existing === 'skip') return 'wouldSkip';
    this.tell({ row, field: 'employeeNumber', message: 'belongs to somebody already' });
    return 'wouldRefuse';
  }

  private tell(problem: ImportProblem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(problem);
  }
}
