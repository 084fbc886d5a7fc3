'use client';

import { type ComponentProps, useEffect, useId, useState } from 'react';
import { Input } from './input';

/** The name of a time zone, with those that the browser knows to choose from. */
export function TimeZoneInput(props: ComponentProps<'input'>) {
  const listId = useId();
  // Known to the browser, and not to the server that draws the page first.
  const [zones, setZones] = useState<readonly string[]>([]);
  useEffect(() => setZones(Intl.supportedValuesOf('timeZone')), []);
  return (
    <>
      <Input {...props} list={listId} autoComplete="off" spellCheck={false} />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
