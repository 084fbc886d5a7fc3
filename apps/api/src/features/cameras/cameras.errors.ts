import { AppError } from '../../platform/errors/app-error';

/** The camera is another, and the password that is kept was not given for it. */
export function passwordNotKept(): AppError {
  return new AppError('invalid', 'cameras/password-not-kept', 'The password has to be given again.', {
    detail:
      'It was given for another address, port or user. Give the password of this camera, or null for none.',
  });
}

/** There is nobody whose password it could be. */
export function passwordWithoutUser(): AppError {
  return new AppError('invalid', 'cameras/password-without-user', 'There is a password, and no user.', {
    detail: 'Give the user that the camera asks for, or leave the password out.',
  });
}
