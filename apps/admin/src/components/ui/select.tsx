'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { cn } from '@/lib/cn';
import { inputClasses } from './input';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  /** Shown while nothing is chosen, which is the empty value. */
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
  readonly className?: string;
}

/** A choice of one among some. */
export function Select<T extends string>({
  label,
  value,
  options,
  placeholder,
  disabled,
  onChange,
  className,
}: SelectProps<T>) {
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as T)} disabled={disabled ?? false}>
      <Primitive.Trigger
        aria-label={label}
        className={cn(
          inputClasses,
          'inline-flex w-auto items-center justify-between gap-2 text-sm',
          className,
        )}
      >
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
