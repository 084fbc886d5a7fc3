'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';

const itemClasses =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-faint';

/** A menu that a button opens. */
export function Menu(props: {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly side?: 'top' | 'bottom';
  readonly className?: string;
}) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={props.align ?? 'end'}
          side={props.side ?? 'bottom'}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 min-w-44 rounded-lg border bg-raised p-1 shadow-float duration-100 data-[state=open]:animate-in data-[state=open]:fade-in data-[state=open]:zoom-in-[0.98]',
            props.className,
          )}
        >
          {props.children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** One action of a menu. */
export function MenuItem({
  danger,
  className,
  ...props
}: ComponentProps<typeof Primitive.Item> & { readonly danger?: boolean }) {
  return (
    <Primitive.Item
      className={cn(itemClasses, danger && 'text-denied [&_svg]:text-denied', className)}
      {...props}
    />
  );
}

/** A choice of one among some, within a menu. */
export function MenuChoice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <Primitive.RadioGroup
      value={props.value}
      onValueChange={(value) => props.onChange(value as T)}
      aria-label={props.label}
    >
      <Primitive.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-faint">
        {props.label}
      </Primitive.Label>
      {props.options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          onSelect={(event) => event.preventDefault()}
          className={itemClasses}
        >
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Primitive.ItemIndicator>
            <Check aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  return <Primitive.Separator className="mx-1 my-1 h-px bg-line" />;
}
