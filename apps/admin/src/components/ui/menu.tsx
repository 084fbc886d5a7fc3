'use client';

import {
  type ComponentType,
  type ReactElement,
  type ReactNode,
  cloneElement,
  createContext,
  useContext,
} from 'react';
import { type Opener, useOpened } from '@/lib/hooks/use-opened';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<
    Partial<Opener> & { readonly 'aria-haspopup'?: 'menu'; readonly 'aria-expanded'?: boolean }
  >;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly side?: 'top' | 'bottom';
  readonly className?: string;
}

interface MenuItemProps {
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly asChild?: boolean;
  readonly className?: string;
  readonly onSelect?: (event: Event) => void;
  readonly children: ReactNode;
}

interface MenuChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: T) => void;
}

/** What an open menu is made of. */
export interface MenuParts {
  readonly Menu: ComponentType<MenuProps>;
  readonly Item: ComponentType<MenuItemProps>;
  readonly Choice: ComponentType<MenuChoiceProps<string>>;
  readonly Separator: ComponentType;
}

const PartsContext = createContext<MenuParts | null>(null);

const loadParts = () => import('./menu-parts').then((m) => m.MENU_PARTS);

/** A menu that a button opens. A list has one a row, so until it is opened it is that button and no more. */
export function Menu(props: MenuProps) {
  const { opened: parts, opener } = useOpened(loadParts);
  if (parts) {
    return (
      <PartsContext value={parts}>
        <parts.Menu {...props} />
      </PartsContext>
    );
  }
  return cloneElement(props.trigger, { 'aria-haspopup': 'menu', 'aria-expanded': false, ...opener });
}

/** One action of a menu. */
export function MenuItem(props: MenuItemProps) {
  const parts = useParts();
  return <parts.Item {...props} />;
}

/** A choice of one among some, within a menu. */
export function MenuChoice<T extends string>({ onChange, ...props }: MenuChoiceProps<T>) {
  const parts = useParts();
  return <parts.Choice {...props} onChange={(value) => onChange(value as T)} />;
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  const parts = useParts();
  return <parts.Separator />;
}

function useParts(): MenuParts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('There is no menu around this part of one.');
  return parts;
}
