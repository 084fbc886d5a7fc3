import type { ReportDefinition, ReportLanguage } from '@munjigi/contracts';
import { texts } from './common-columns';
import type { Texts } from './report-kind';

/** An export, as its file and the account tell of it. */
export interface ExportIdentity {
  readonly id: string;
  readonly report: ReportDefinition;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly reason: string;
  /** The account's entry that it was begun with. */
  readonly entry: { readonly position: number; readonly hash: string };
}

const LABELS: Readonly<Record<string, Texts>> = {
  title: texts('보고서', 'Report'),
  madeAt: texts('작성 시각', 'Made at'),
  madeBy: texts('작성자', 'Made by'),
  reason: texts('사유', 'Reason'),
  filters: texts('조건', 'Filters'),
  rows: texts('행 수', 'Rows'),
  id: texts('내보내기 번호', 'Export'),
  entry: texts('감사 기록 순번', 'Entry of the account'),
  verify: texts('검증 방법', 'To verify'),
};

const VERIFY = texts(
  '이 파일의 SHA-256 값을 감사 기록에서 이 내보내기 번호를 대상으로 하는 report/exported 항목의 sha256과 비교하십시오.',
  'Compare the SHA-256 of this file with sha256 in the account’s entry report/exported whose subject is this export.',
);

/** What a file says of itself, in a language. */
export function aboutExport(
  { id, report, madeAt, madeBy, reason, entry }: ExportIdentity,
  { title, language, rows }: { title: string; language: ReportLanguage; rows: number },
): [label: string, text: string][] {
  const values: Record<keyof typeof LABELS, string> = {
    title,
    madeAt: madeAt.toISOString(),
    madeBy,
    reason,
    filters: JSON.stringify(report.parameters),
    rows: String(rows),
    id,
    entry: `${entry.position} ${entry.hash}`,
    verify: VERIFY[language],
  };
  return Object.entries(values).map(([key, text]) => [LABELS[key]?.[language] ?? key, text]);
}
