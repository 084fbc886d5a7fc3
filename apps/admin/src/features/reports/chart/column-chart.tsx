'use client';

import type { ReportChart } from '@munjigi/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import { useId } from 'react';
import { useElementSize } from '../../live/use-element-size';
import { ChartLegend } from './chart-legend';
import { scaleOf } from './chart-points';
import { usePointName } from './use-point-name';

const HEIGHT_PX = 200;
const MARGIN = { left: 44, bottom: 22, top: 8 } as const;
/** The least room for a name below the axis. */
const NAME_PX = 48;

/** Columns over time, the measures stacked; told apart by pattern as well as by colour. */
export function ColumnChart({ chart }: { readonly chart: ReportChart }) {
  const t = useTranslations('reports');
  const [ref, size] = useElementSize<HTMLDivElement>();
  const { points, title } = chart;
  return (
    <figure className="grid min-w-0 gap-2">
      <ChartLegend measures={chart.measures} />
      <div
        ref={ref}
        role="img"
        aria-label={t('chartOf', { title, count: points.length })}
        style={{ height: HEIGHT_PX }}
      >
        {size && <Columns chart={chart} width={size.width} />}
      </div>
    </figure>
  );
}

function Columns({ chart, width }: { readonly chart: ReportChart; readonly width: number }) {
  const pattern = useId();
  const format = useFormatter();
  const name = usePointName(chart.by);
  const { points, measures } = chart;
  const { max, step } = scaleOf(Math.max(...points.map(({ values }) => sum(values))));
  const [plotWidth, plotHeight] = [width - MARGIN.left, HEIGHT_PX - MARGIN.bottom - MARGIN.top];
  const slot = plotWidth / points.length;
  const y = (value: number) => MARGIN.top + plotHeight * (1 - value / max);
  const lines = Array.from({ length: Math.round(max / step) + 1 }, (_, index) => index * step);
  const named = Math.max(1, Math.ceil(NAME_PX / slot));
  return (
    <svg aria-hidden width={width} height={HEIGHT_PX} className="block text-2xs">
      <Hatch id={pattern} />
      {lines.map((value) => (
        <g key={value}>
          <line x1={MARGIN.left} x2={width} y1={y(value)} y2={y(value)} className="stroke-line" />
          <text x={MARGIN.left - 6} y={y(value) + 3} textAnchor="end" className="fill-ink-faint">
            {format.number(value, { notation: 'compact' })}
          </text>
        </g>
      ))}
      {points.map(({ at, values }, index) => {
        const x = MARGIN.left + index * slot;
        const told = measures.map(({ label }, each) => `${label} ${format.number(values[each] ?? 0)}`);
        return (
          <g key={at}>
            <title>{[name.full(at), ...told].join('\n')}</title>
            <rect x={x} y={MARGIN.top} width={slot} height={plotHeight} className="fill-transparent" />
            {values.map((value, each) => {
              const below = sum(values.slice(0, each));
              return (
                <rect
                  key={measures[each]?.key}
                  x={x + slot * 0.15}
                  width={Math.max(1, slot * 0.7)}
                  y={y(below + value)}
                  height={Math.max(0, y(below) - y(below + value))}
                  className={measures[each]?.key === 'denied' ? '' : 'fill-accent'}
                  fill={measures[each]?.key === 'denied' ? `url(#${pattern})` : undefined}
                />
              );
            })}
            {index % named === 0 && (
              <text x={x + slot / 2} y={HEIGHT_PX - 6} textAnchor="middle" className="fill-ink-faint">
                {name.short(at)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** What denials are filled with: stripes, for those who do not tell its colour from the other. */
function Hatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className="fill-denied-soft" />
        <rect width="3" height="5" className="fill-denied" />
      </pattern>
    </defs>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
