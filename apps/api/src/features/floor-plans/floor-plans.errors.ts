import { AppError } from '../../platform/errors/app-error';

export const planNotFound = () =>
  new AppError('not-found', 'floor-plans/not-found', 'There is no such floor plan.');

export const nameIsTaken = (cause: unknown) =>
  new AppError('conflict', 'floor-plans/name-taken', 'The site has a floor plan of this name.', {
    detail: 'Choose another name.',
    cause,
  });

export const unknownSite = () =>
  new AppError('unprocessable', 'floor-plans/unknown-site', 'There is no such site.', {
    detail: 'Choose a site that exists.',
  });

export const doorElsewhere = () =>
  new AppError(
    'unprocessable',
    'floor-plans/door-elsewhere',
    'A door does not belong to the site of the plan.',
    {
      detail: 'Place doors of this site alone.',
    },
  );
