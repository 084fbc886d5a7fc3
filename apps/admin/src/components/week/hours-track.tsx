'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { cn } from '@/lib/cn';
import { DAY_MIN, type Hours, STEP_MIN, added, moved, resized, snapped, timeOf, without } from './day-hours';

interface HoursTrackProps {
  /** Whose hours they are, such as a day of the week. */
  readonly label: string;
  readonly hours: readonly Hours[];
  /** Undefined: they can only be looked at. */
  readonly onChange?: ((hours: Hours[]) => void) | undefined;
  readonly selected?: number | null;
  readonly onSelect?: (index: number | null) => void;
}

type Grip =
  | { readonly kind: 'draw'; readonly anchor: number }
  | { readonly kind: 'move' | 'from' | 'to'; readonly index: number; readonly at: number };

/**
 * The hours of one day on a line from midnight to midnight.
 *
 * By pointer: draw on free space, drag a part or one of its ends. By keyboard: arrows on a part move it, on an end
 * resize it, by a quarter of an hour or, with Page Up and Down, by an hour; Delete takes it away.
 */
export function HoursTrack({ label, hours, onChange, selected, onSelect }: HoursTrackProps) {
  const t = useTranslations('week');
  const track = useRef<HTMLDivElement>(null);
  // What a drag began with: each movement is reckoned from there, so that hitting a neighbour loses nothing.
  const [drag, setDrag] = useState<{ grip: Grip; before: readonly Hours[] } | null>(null);

  const minutesAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? snapped(((event.clientX - box.left) / box.width) * DAY_MIN) : 0;
  };
  const begin = (event: PointerEvent, grip: Grip): void => {
    if (!onChange || event.button !== 0) return;
    event.stopPropagation();
    track.current?.setPointerCapture(event.pointerId);
    if (grip.kind !== 'draw') onSelect?.(grip.index);
    setDrag({ grip, before: hours });
  };
  const move = (event: PointerEvent): void => {
    if (!drag || !onChange) return;
    const { grip, before } = drag;
    const at = minutesAt(event);
    if (grip.kind === 'draw') {
      const drawn = added(before, spanOf(grip.anchor, at), grip.anchor);
      if (drawn) onChange(drawn.hours);
      onSelect?.(drawn ? drawn.index : null);
    } else if (grip.kind === 'move') onChange(moved(before, grip.index, at - grip.at));
    else onChange(resized(before, grip.index, grip.kind, at));
  };
  const end = (event: PointerEvent): void => {
    if (drag?.grip.kind === 'draw' && hours.length === drag.before.length) {
      // A click where nothing is: an hour from there.
      const { anchor } = drag.grip;
      const one = added(hours, { from: anchor, to: anchor + 60 });
      if (one) onChange?.(one.hours);
      if (one) onSelect?.(one.index);
    }
    track.current?.releasePointerCapture(event.pointerId);
    setDrag(null);
  };

  return (
    <div
      ref={track}
      role="group"
      aria-label={label}
      onPointerDown={(event) => begin(event, { kind: 'draw', anchor: minutesAt(event) })}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        if (drag) onChange?.([...drag.before]);
        setDrag(null);
      }}
      className={cn(
        'relative h-9 touch-pan-y rounded-md border bg-sunken bg-[linear-gradient(90deg,var(--line)_1px,transparent_1px)] bg-size-[12.5%_100%] select-none',
        onChange && 'cursor-crosshair',
      )}
    >
      {hours.map((part, index) => (
        <Part
          key={index}
          label={label}
          part={part}
          isSelected={selected === index}
          readOnly={!onChange}
          text={t('range', { from: timeOf(part.from), to: timeOf(part.to) })}
          onGrip={(event, kind) => begin(event, { kind, index, at: minutesAt(event) })}
          onFocus={() => onSelect?.(index)}
          onStep={(kind, byMin) => {
            if (kind === 'move') onChange?.(moved(hours, index, byMin));
            else onChange?.(resized(hours, index, kind, part[kind] + byMin));
          }}
          onRemove={() => {
            onSelect?.(null);
            onChange?.(without(hours, index));
          }}
        />
      ))}
    </div>
  );
}

interface PartProps {
  readonly label: string;
  readonly part: Hours;
  readonly text: string;
  readonly isSelected: boolean;
  readonly readOnly: boolean;
  readonly onGrip: (event: PointerEvent, kind: 'move' | 'from' | 'to') => void;
  readonly onFocus: () => void;
  readonly onStep: (kind: 'move' | 'from' | 'to', byMin: number) => void;
  readonly onRemove: () => void;
}

function Part(props: PartProps) {
  const t = useTranslations('week');
  const { part, label, text, isSelected, readOnly } = props;
  const style = {
    left: `${(part.from / DAY_MIN) * 100}%`,
    width: `${((part.to - part.from) / DAY_MIN) * 100}%`,
  };
  const onKeyDown = (event: KeyboardEvent, kind: 'move' | 'from' | 'to'): void => {
    const byMin = STEPS[event.key];
    if (byMin !== undefined) props.onStep(kind, byMin);
    else if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove();
    else return;
    event.preventDefault();
  };
  const bar = 'absolute inset-y-0.5 rounded-sm';
  if (readOnly) {
    return (
      <span
        role="img"
        aria-label={`${label} ${text}`}
        title={text}
        style={style}
        className={cn(bar, 'bg-accent-soft ring-1 ring-accent/45 ring-inset')}
      />
    );
  }
  return (
    <div style={style} className={cn(bar, 'group/part z-10')}>
      <button
        type="button"
        aria-label={t('part', { day: label, range: text })}
        title={text}
        onPointerDown={(event) => props.onGrip(event, 'move')}
        onFocus={props.onFocus}
        onKeyDown={(event) => onKeyDown(event, 'move')}
        className={cn(
          'absolute inset-0 cursor-grab overflow-hidden rounded-sm text-2xs font-medium whitespace-nowrap ring-1 ring-accent/45 tabular-nums ring-inset active:cursor-grabbing',
          isSelected ? 'bg-accent text-on-accent' : 'bg-accent-soft text-accent hover:bg-accent/20',
        )}
      >
        {part.to - part.from >= 240 && <span className="max-md:hidden">{text}</span>}
        {ENDS.map((end) => (
          <span
            key={end}
            aria-hidden
            onPointerDown={(event) => props.onGrip(event, end)}
            className={cn(
              'absolute inset-y-0 w-2 cursor-ew-resize after:absolute after:inset-y-2 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:rounded-full after:bg-current after:opacity-50',
              end === 'from' ? 'left-0' : 'right-0',
            )}
          />
        ))}
      </button>
      {isSelected &&
        ENDS.map((end) => (
          <span
            key={end}
            role="slider"
            tabIndex={0}
            aria-label={t(`end.${end}`, { day: label })}
            aria-valuemin={0}
            aria-valuemax={DAY_MIN}
            aria-valuenow={part[end]}
            aria-valuetext={timeOf(part[end])}
            onPointerDown={(event) => props.onGrip(event, end)}
            onKeyDown={(event) => onKeyDown(event, end)}
            className={cn(
              'absolute -inset-y-0.5 z-20 w-6 cursor-ew-resize rounded-md before:absolute before:top-1/2 before:left-1/2 before:size-3 before:-translate-1/2 before:rounded-full before:border-2 before:border-accent before:bg-raised',
              end === 'from' ? '-left-3' : '-right-3',
            )}
          />
        ))}
    </div>
  );
}

const ENDS = ['from', 'to'] as const;

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP_MIN,
  ArrowDown: -STEP_MIN,
  ArrowRight: STEP_MIN,
  ArrowUp: STEP_MIN,
  PageDown: -60,
  PageUp: 60,
  Home: -DAY_MIN,
  End: DAY_MIN,
};

/** From where a drawing began to where it is, at least one step, either way. */
function spanOf(anchor: number, at: number): Hours {
  return at >= anchor
    ? { from: anchor, to: Math.max(at, anchor + STEP_MIN) }
    : { from: at, to: anchor + STEP_MIN };
}
