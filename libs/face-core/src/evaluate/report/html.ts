import { loadCharts, type ChartRenderer } from './charts';
import { picturedMistakes, type PicturedMistake } from './mistake-crops';
import type { Report, ReportedModel } from './report';
import type { TextTable } from './table';

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: pre; }
.pairs { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: 234px; } figcaption { font-size: 12px; overflow-wrap: anywhere; }
img { width: 112px; height: 112px; } svg { max-width: 100%; height: auto; }
`;

/**
 * Writes a report as one HTML file that loads nothing from anywhere: tables, curves as SVG, faces as data URLs.
 *
 * It shows faces and is as confidential as the pictures it was made of.
 *
 * @throws {FaceCoreError} `evaluate/no-charts`
 */
export async function reportHtml(report: Report): Promise<string> {
  const charts = await loadCharts();
  const title = `${report.protocol}: ${report.data}`;
  const parts = [
    ...report.notes.map((note) => `<p>${escaped(note)}</p>`),
    ...report.tables.map(tableHtml),
    ...curvesHtml(charts, report.models),
  ];
  for (const model of report.models) parts.push(await modelHtml(charts, model));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${parts.join('\n')}
</body>
</html>
`;
}

function tableHtml({ title, head, rows }: TextTable): string {
  const cells = (tag: 'td' | 'th', line: readonly string[]) =>
    `<tr>${line.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const top = head.length > 0 ? cells('th', ['', ...head]) : '';
  return `<h2>${escaped(title)}</h2>\n<table>${top}${rows.map((row) => cells('td', row)).join('\n')}</table>`;
}

function curvesHtml(charts: ChartRenderer, models: readonly ReportedModel[]): string[] {
  if (models.length === 0) return [];
  const [det, roc] = [charts.det(models), charts.roc(models)];
  return [
    det === undefined
      ? '<p>No DET curve: at no threshold are there errors of both kinds.</p>'
      : `<h2>Error rates against one another (DET): nearer the lower left is better</h2>\n${det}`,
    roc === undefined
      ? ''
      : `<h2>Who passes at which false accept rate (ROC): nearer the upper left is better</h2>\n${roc}`,
  ];
}

async function modelHtml(charts: ChartRenderer, model: ReportedModel): Promise<string> {
  const mistakes = await picturedMistakes(model);
  const of = (kind: PicturedMistake['mistake']['kind']) =>
    mistakes.filter(({ mistake }) => mistake.kind === kind).map(mistakeHtml);
  const section = (name: string, figures: readonly string[]) =>
    figures.length > 0 ? `<h3>${name}</h3>\n<div class="pairs">${figures.join('\n')}</div>` : '';
  return [
    `<h2>Scores, ${escaped(model.model)}</h2>`,
    charts.scores(model),
    section('Two people who look most alike', of('false-match')),
    section('One person who looks least alike', of('false-non-match')),
  ].join('\n');
}

function mistakeHtml({ mistake, sides }: PicturedMistake): string {
  const pictures = sides.map(({ name, url }) => `<img src="${url}" alt="${escaped(name)}">`).join('');
  const names = sides.map(({ name }) => escaped(name)).join('<br>');
  return `<figure>${pictures}<figcaption>${mistake.score.toFixed(3)}<br>${names}</figcaption></figure>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
