import { AppError } from '../../platform/errors/app-error';

export const administratorNotFound = () =>
  new AppError('not-found', 'administrators/not-found', 'There is no such administrator.');

export const roleNotFound = () => new AppError('not-found', 'roles/not-found', 'There is no such role.');

export const emailTaken = () =>
  new AppError('conflict', 'administrators/email-taken', 'Somebody has this address already.', {
    detail: 'Change what that administrator may do, or use another address.',
  });

export const lastOwner = () =>
  new AppError('conflict', 'administrators/last-owner', 'This is the last owner.', {
    detail: 'Somebody must be able to do everything. Make another owner first, who has signed in once.',
  });

export const unknownGrant = (what: 'role' | 'site') =>
  new AppError('unprocessable', 'administrators/unknown-grant', `There is no such ${what}.`, {
    detail: `A grant names a ${what} that is not there. Load the list again.`,
  });

export const builtInRole = () =>
  new AppError('conflict', 'roles/built-in', 'A built-in role cannot be changed.', {
    detail:
      'What it may do is part of the release. Make a role of your own with the permissions that you want.',
  });

export const roleNameTaken = () =>
  new AppError('conflict', 'roles/name-taken', 'There is a role of this name already.', {
    detail: 'Choose another name.',
  });

export const roleInUse = (administrators: number) =>
  new AppError('conflict', 'roles/in-use', 'Somebody has this role.', {
    detail: `${administrators} administrators have it. Take it from them first.`,
  });
