'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import { cn } from '@/lib/cn';
import type { MenuParts } from './menu';

const itemClasses =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-faint';

/** What an open menu is made of; it is open from the first. */
export const MENU_PARTS: MenuParts = {
  Menu: ({ trigger, children, align = 'end', side = 'bottom', className }) => (
    <Primitive.Root modal={false} defaultOpen>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 min-w-44 rounded-lg border bg-raised p-1 shadow-float duration-100 data-[state=open]:animate-in data-[state=open]:fade-in data-[state=open]:zoom-in-[0.98]',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  ),

  Item: ({ danger, className, ...props }) => (
    <Primitive.Item
      className={cn(itemClasses, danger && 'text-denied [&_svg]:text-denied', className)}
      {...props}
    />
  ),

  Choice: ({ label, value, options, onChange }) => (
    <Primitive.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <Primitive.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-faint">
        {label}
      </Primitive.Label>
      {options.map((option) => (
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
  ),

  Separator: () => <Primitive.Separator className="mx-1 my-1 h-px bg-line" />,
};
