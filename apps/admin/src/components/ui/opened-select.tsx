'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { cn } from '@/lib/cn';
import { type SelectProps, selectClasses } from './select';

/** A choice of one among some that somebody has opened: open from the first. */
export function OpenedSelect(props: SelectProps<string>) {
  const { label, value, options, placeholder, disabled, onChange, className } = props;
  return (
    <Primitive.Root value={value} onValueChange={onChange} disabled={disabled ?? false} defaultOpen>
      <Primitive.Trigger aria-label={label} className={cn(selectClasses, className)}>
        <span className="truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border bg-raised shadow-float duration-100 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          <Primitive.Viewport className="p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className="flex h-8 items-center gap-2 rounded-sm pr-2 pl-2 text-sm outline-none select-none data-[highlighted]:bg-hover"
              >
                <span className="flex-1 truncate">
                  <Primitive.ItemText>{option.label}</Primitive.ItemText>
                </span>
                <Primitive.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
