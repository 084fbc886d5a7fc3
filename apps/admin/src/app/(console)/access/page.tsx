import { redirect } from 'next/navigation';

export default function AccessPage(): never {
  redirect('/access/schedules');
}
