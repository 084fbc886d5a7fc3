import type { ReportColumn, Texts } from './report-kind';

/** A column with a text in two languages. */
export function column(
  key: string,
  type: ReportColumn['type'],
  [ko, en]: readonly [ko: string, en: string],
  { width = 3, ...options }: Partial<Pick<ReportColumn, 'width' | 'summed' | 'codes'>> = {},
): ReportColumn {
  return { key, type, label: { ko, en }, width, ...options };
}

/** A text in two languages. */
export function texts(ko: string, en: string): Texts {
  return { ko, en };
}

export const SITE = column('siteName', 'text', ['사이트', 'Site']);
export const DOOR = column('doorName', 'text', ['출입문', 'Door'], { width: 4 });
export const PERSON = column('personName', 'text', ['이름', 'Name'], { width: 4 });
export const EMPLOYEE_NUMBER = column('employeeNumber', 'text', ['사번', 'Employee number']);
export const DEPARTMENT = column('department', 'text', ['부서', 'Department']);
