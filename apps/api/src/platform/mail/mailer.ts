import { createTransport } from 'nodemailer';
import { AppError } from '../errors/app-error';

const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;

/** How this server sends mail. */
export interface MailOptions {
  /** `smtp://` or `smtps://`, with user and password where the mail server wants them. */
  readonly url: string;
  /** The address that mail comes from. */
  readonly from: string;
}

/** A mail. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
}

/** Sends mail through the mail server that is configured. */
export class Mailer {
  constructor(private readonly options?: MailOptions) {}

  /** Whether there is a mail server. */
  get configured(): boolean {
    return this.options !== undefined;
  }

  /**
   * Hands a mail to the mail server.
   *
   * @returns those of the addresses that it refused, when it took others
   * @throws {AppError} `mail/unavailable`, which may pass; `mail/refused`, which does not; `mail/not-configured`
   */
  async send(mail: Mail): Promise<{ refused: string[] }> {
    if (!this.options) {
      throw new AppError('unprocessable', 'mail/not-configured', 'This server sends no mail.', {
        detail: 'Set MUNJIGI_SMTP_URL and MUNJIGI_MAIL_FROM.',
      });
    }
    const { url, from } = this.options;
    const timeouts = {
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    };
    const transport = createTransport({ url, ...timeouts });
    try {
      const { rejected } = await transport.sendMail({
        ...{ from, to: [...mail.to], subject: mail.subject, text: mail.text },
        attachments: mail.attachments.map((attachment) => ({ ...attachment })),
        // What is attached is ours; nothing is read from files or fetched.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
      return { refused: [...rejected] };
    } catch (error) {
      throw toldOf(error);
    } finally {
      transport.close();
    }
  }
}

function toldOf(cause: unknown): AppError {
  const { code, responseCode, message } = cause as { code?: string; responseCode?: number; message: string };
  if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH') {
    return new AppError('unprocessable', 'mail/refused', 'The mail server refused the mail.', {
      detail: message,
      cause,
    });
  }
  return new AppError('unavailable', 'mail/unavailable', 'The mail server cannot be used.', {
    detail: `${message}. Look at the mail server, and at MUNJIGI_SMTP_URL.`,
    retryAfterSeconds: 60,
    cause,
  });
}
