import { AppError } from '../../platform/errors/app-error';

/** The refusal of a report that takes the database too long. */
export function tooLong(cause: unknown): AppError {
  return new AppError('unprocessable', 'reports/too-long', 'The report takes too long.', {
    detail: 'Choose a shorter period or fewer doors, or have it made in the background.',
    cause,
  });
}

/** The refusal of a picture of a kind that has none. */
export function noChart(): AppError {
  return new AppError('unprocessable', 'reports/no-chart', 'There is no chart of this kind of report.', {
    detail: 'GET /api/reports/kinds says which kinds are charted.',
  });
}

/** The refusal of one export more than the server makes at a time. */
export function busy(): AppError {
  return new AppError('throttled', 'reports/busy', 'The server is making other reports.', {
    detail: 'Try again in a moment, or have the report made in the background.',
    retryAfterSeconds: 30,
  });
}

/** The refusal of a site that is not there. */
export function noSuchSite(): AppError {
  return new AppError('not-found', 'reports/no-such-site', 'There is no such site.');
}

/** The refusal of a time zone that the database cannot read. */
export function unknownTimeZone(cause: unknown): AppError {
  return new AppError(
    'unprocessable',
    'reports/time-zone',
    'The database does not know a site’s time zone.',
    {
      detail: 'Choose another name of the zone for the site, or update the database server.',
      cause,
    },
  );
}

/** The refusal of more rows than a format is good for. */
export function tooManyRows(rowsMax: number): AppError {
  return new AppError(
    'unprocessable',
    'reports/too-many-rows',
    'The report has too many rows for this format.',
    {
      detail: `At most ${rowsMax} are written. Choose CSV or XLSX, or a shorter period.`,
      facts: { rowsMax },
    },
  );
}

/** There is no such export of the asker's, or not any more. */
export function noSuchExport(): AppError {
  return new AppError('not-found', 'reports/no-such-export', 'There is no such report of yours.', {
    detail: 'Files are kept for 7 days.',
  });
}

/** The refusal of a file that is still being made, or never will be. */
export function notMadeYet(): AppError {
  return new AppError('conflict', 'reports/not-made-yet', 'The report is not made yet.', {
    detail: 'Its job says how far it is, and why it failed if it did.',
  });
}

/** There is no such saved report, or it is somebody else's. */
export function noSuchSavedReport(): AppError {
  return new AppError('not-found', 'reports/no-such-saved-report', 'There is no such saved report.');
}

/** There is no such schedule of the asker's. */
export function noSuchSchedule(): AppError {
  return new AppError('not-found', 'reports/no-such-schedule', 'There is no such schedule of yours.');
}
