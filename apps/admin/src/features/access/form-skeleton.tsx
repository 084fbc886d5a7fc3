import { Skeleton } from '@/components/ui/skeleton';

/** Stands where an editor will. */
export function FormSkeleton() {
  return (
    <div className="grid gap-4 p-4 md:p-6">
      <Skeleton className="h-8 max-w-sm" />
      <Skeleton className="h-40 rounded-xl" />
    </div>
  );
}
