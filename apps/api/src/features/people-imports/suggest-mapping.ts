import type { ImportMapping, ImportTable } from '@munjigi/contracts';

type Field = Exclude<keyof ImportMapping, 'customFields'>;

/** Names by which columns are recognised, without blanks and punctuation, in lower case. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  name: ['name', 'fullname', 'person', '이름', '성명'],
  employeeNumber: [
    'employeenumber',
    'employeeno',
    'employeeid',
    'number',
    'id',
    '사번',
    '사원번호',
    '직원번호',
    '학번',
  ],
  department: ['department', 'dept', 'team', '부서', '소속'],
  email: ['email', 'mail', 'emailaddress', '이메일', '메일', '전자우편'],
  phone: ['phone', 'telephone', 'mobile', 'tel', '전화', '전화번호', '연락처', '휴대폰'],
  validFrom: ['validfrom', 'from', 'start', 'startdate', '시작일', '유효시작일', '입사일'],
  validUntil: ['validuntil', 'until', 'end', 'enddate', 'expires', '종료일', '만료일', '유효종료일'],
  groups: ['groups', 'group', 'accessgroup', 'accessgroups', '그룹', '출입그룹'],
  photos: ['photo', 'photos', 'picture', 'image', 'file', 'filename', '사진', '사진파일', '파일명'],
};

/** The columns that are recognised by their names. */
export function suggestMapping(columns: readonly string[]): ImportTable['suggested'] {
  const found = Object.entries(NAMES).flatMap(([field, names]) => {
    const column = columns.find((each) => names.includes(plain(each)));
    return column === undefined ? [] : [[field, column] as const];
  });
  return { ...(Object.fromEntries(found) as Partial<Record<Field, string>>), customFields: {} };
}

function plain(column: string): string {
  return column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
