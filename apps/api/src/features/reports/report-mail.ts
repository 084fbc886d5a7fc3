import { texts } from './common-columns';
import type { ReportExportRow } from './report-export.entities';
import { REPORT_KINDS_BY_NAME } from './report-kinds';

const LABELS = {
  report: texts('보고서', 'Report'),
  rows: texts('행 수', 'Rows'),
  reason: texts('사유', 'Reason'),
  id: texts('내보내기 번호', 'Export'),
};

const TOO_LARGE = texts(
  '파일이 커서 첨부하지 않았습니다. 보고서 소유자가 콘솔에서 받을 수 있습니다.',
  'The file is too large for mail. The owner of the report can fetch it at the console.',
);

/** What a mail with a report says. */
export function mailText(
  row: ReportExportRow,
  { name, isAttached }: { name: string; isAttached: boolean },
): string {
  const { language } = row;
  const lines = [
    `${name}`,
    '',
    `${LABELS.report[language]}: ${REPORT_KINDS_BY_NAME[row.report.kind].title[language]}`,
    `${LABELS.rows[language]}: ${row.rowCount}`,
    `${LABELS.reason[language]}: ${row.reason}`,
    `${LABELS.id[language]}: ${row.id}`,
    `SHA-256: ${row.sha256}`,
    ...(isAttached ? [] : ['', TOO_LARGE[language]]),
  ];
  return `${lines.join('\n')}\n`;
}
