import type { BenchReport } from './report';
import { formatReport } from './table';
import { CONTENDER } from './targets';

const row = { name: 'detect-cold', size: '640x360', minFacePx: 40 };
const report: BenchReport = {
  suite: 'vision',
  machine: { cpu: 'A', cores: 2, memoryGiB: 8, system: 'linux', node: 'v20', loadAverage: 0.1 },
  results: [
    { ...row, medianMs: 9.876, p95Ms: 12.34, peers: [{ name: CONTENDER.opencv, medianMs: 35, ratio: 3.54 }] },
  ],
  agreements: [{ ...row, peer: CONTENDER.opencv, frames: 39, of: 40, faces: [1, 1] }],
  absent: [{ name: 'detect-steady', reason: 'not there' }],
};

describe('the table', () => {
  it('shows a row with its peer, their agreement and whether the targets are met, one a line', () => {
    const lines = formatReport(report);
    const at = lines.findIndex((text) => text.startsWith('detect-cold'));
    const [first = '', second = ''] = lines.slice(at, at + 2);
    expect(first).toBe(
      'detect-cold  640x360  40 px  9.88 ms  12.3 ms  opencv-dnn 35.0 ms (3.54x, faces agree 39/40)  ✓ ≥ 3x OpenCV DNN',
    );
    expect(second.trim()).toBe('✓ ≤ 14.5 ms (ncnn)');
    expect(second.indexOf('✓')).toBe(first.indexOf('✓'));
  });

  it('names what could not be measured', () => {
    expect(formatReport(report)).toContain('absent: detect-steady: not there');
  });

  it('warns of a busy machine, and only then', () => {
    const busy = { ...report, machine: { ...report.machine, loadAverage: 3 } };
    expect(formatReport(busy).join('\n')).toContain('was busy (load 3)');
    expect(formatReport(report).join('\n')).not.toContain('busy');
  });
});
