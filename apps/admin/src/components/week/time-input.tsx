'use client';

import { Input } from '@/components/ui/input';
import { DAY_MIN, minutesOf, timeOf } from './day-hours';

interface TimeInputProps {
  readonly label: string;
  /** Minutes since midnight; 1440 is shown as 00:00, the day's end. */
  readonly minutes: number;
  readonly onCommit: (minutes: number) => void;
}

/** A time of day, taken once it is typed: half of it would push other times about. */
export function TimeInput({ label, minutes, onCommit }: TimeInputProps) {
  const value = timeOf(minutes % DAY_MIN);
  const commit = (text: string) => {
    if (text !== '' && text !== value) onCommit(minutesOf(text));
  };
  return (
    <Input
      key={value}
      type="time"
      required
      aria-label={label}
      defaultValue={value}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value);
      }}
      className="w-28 tabular-nums"
    />
  );
}
