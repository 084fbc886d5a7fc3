import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Public } from '../../platform/auth/public.decorator';
import { RequiresSession } from '../../platform/auth/requires.decorator';
import { clearSessionCookie, setSessionCookie } from '../../platform/auth/session-cookie';
import type { BegunSession } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';
import { sourceOf } from '../../platform/auth/source-of';
import { Invitations } from '../administrators/invitations';
import { AcceptInvitationRequestDto, LoginRequestDto, SessionDto } from './auth.dto';
import { AuthService, presentSession } from './auth.service';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly invitations: Invitations,
  ) {}

  @Post('login')
  @Public()
  @ApiOperation({ summary: 'Signs in; the session is set as a cookie' })
  @ZodResponse({ status: HttpStatus.OK, type: SessionDto })
  async login(@Body() body: LoginRequestDto, @Req() req: Request, @Res({ passthrough: true }) res: Response) {
    return begin(await this.auth.login(body, sourceOf(req)), req, res);
  }

  @Post('invitation')
  @Public()
  @ApiOperation({ summary: 'Sets the password of somebody who was invited, and signs them in' })
  @ZodResponse({ status: HttpStatus.OK, type: SessionDto })
  async acceptInvitation(
    @Body() body: AcceptInvitationRequestDto,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ) {
    return begin(await this.invitations.accept(body, sourceOf(req)), req, res);
  }

  @Post('logout')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs out' })
  async logout(
    @CurrentSession() session: SignedIn,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<void> {
    await this.auth.logout(session);
    clearSessionCookie(req, res);
  }

  @Get('session')
  @RequiresSession({ tokens: true })
  @ApiOperation({ summary: 'Who is signed in, and what they may do' })
  @ZodResponse({ type: SessionDto })
  session(@CurrentSession() session: SignedIn) {
    return presentSession(session);
  }
}

/** Hands the session to the browser. */
function begin(session: BegunSession, req: Request, res: Response) {
  setSessionCookie(req, res, session);
  return presentSession(session);
}
