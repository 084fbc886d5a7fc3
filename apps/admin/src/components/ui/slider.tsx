'use client';

import { Slider as Primitive } from 'radix-ui';
import { cn } from '@/lib/cn';

interface SliderProps {
  readonly label: string;
  /** Which of the steps, from 0. */
  readonly value: number;
  readonly stepMax: number;
  /** The step in words, as it is read out. */
  readonly valueText: string;
  /** From this step on the track is hatched; undefined: nowhere. */
  readonly doubtfulFrom?: number | undefined;
  readonly onChange: (value: number) => void;
  readonly 'aria-describedby'?: string | undefined;
}

/** A choice of one among steps on a line; by pointer, or by arrows, Page Up and Down, Home and End. */
export function Slider({ label, value, stepMax, valueText, doubtfulFrom, onChange, ...props }: SliderProps) {
  return (
    <Primitive.Root
      value={[value]}
      min={0}
      max={stepMax}
      step={1}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className="relative flex h-6 w-full touch-none items-center select-none"
    >
      <Primitive.Track className="relative h-1.5 w-full grow overflow-hidden rounded-full bg-line-strong">
        {doubtfulFrom !== undefined && (
          <span
            aria-hidden
            style={{ left: `${(Math.max(0, doubtfulFrom - 0.5) / stepMax) * 100}%` }}
            className="absolute inset-y-0 right-0 bg-[repeating-linear-gradient(135deg,var(--caution)_0_2px,var(--caution-soft)_2px_5px)]"
          />
        )}
        <Primitive.Range
          className={cn('absolute h-full bg-accent', doubtfulFrom !== undefined && 'opacity-85')}
        />
      </Primitive.Track>
      <Primitive.Thumb
        {...props}
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-5 rounded-full border-2 border-accent bg-raised shadow-low transition-transform active:scale-110"
      />
    </Primitive.Root>
  );
}
