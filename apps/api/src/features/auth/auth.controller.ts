import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Public } from '../../platform/auth/public.decorator';
import { RequiresSession } from '../../platform/auth/requires.decorator';
import { clearSessionCookie } from '../../platform/auth/session-cookie';
import type { SignedIn } from '../../platform/auth/signed-in';
import { sourceOf } from '../../platform/auth/source-of';
import { Invitations } from '../administrators/invitations';
import {
  AcceptInvitationRequestDto,
  LoginRequestDto,
  PasskeyOptionsDto,
  PasskeySignInRequestDto,
  SessionDto,
  StepUpRequestDto,
} from './auth.dto';
import { AuthService } from './auth.service';
import { PasskeySignIn } from './passkey-sign-in';
import { relyingPartyOf } from './relying-party';
import { presentBegun, presentSession } from './session.presenter';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly invitations: Invitations,
    private readonly passkeys: PasskeySignIn,
  ) {}

  @Post('login')
  @Public()
  @ApiOperation({ summary: 'Signs in; the session is set as a cookie' })
  @ZodResponse({ status: HttpStatus.OK, type: SessionDto })
  async login(@Body() body: LoginRequestDto, @Req() req: Request, @Res({ passthrough: true }) res: Response) {
    return presentBegun(await this.auth.login(body, sourceOf(req)), req, res);
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
    return presentBegun(await this.invitations.accept(body, sourceOf(req)), req, res);
  }

  @Post('passkey/options')
  @Public()
  @ApiOperation({ summary: 'What a browser needs to sign in with a passkey' })
  @ZodResponse({ status: HttpStatus.OK, type: PasskeyOptionsDto })
  passkeyOptions(@Req() req: Request) {
    return this.passkeys.options(relyingPartyOf(req));
  }

  @Post('passkey')
  @Public()
  @ApiOperation({ summary: 'Signs in with a passkey alone' })
  @ZodResponse({ status: HttpStatus.OK, type: SessionDto })
  async passkey(
    @Body() body: PasskeySignInRequestDto,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ) {
    const proved = await this.passkeys.check(body, relyingPartyOf(req), sourceOf(req));
    return presentBegun(await this.auth.begin(proved, sourceOf(req)), req, res);
  }

  @Post('step-up')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Confirms who you are, so that your sign-in counts as recent' })
  stepUp(@Body() body: StepUpRequestDto, @CurrentSession() by: SignedIn, @Req() req: Request): Promise<void> {
    return this.auth.stepUp(body, by, sourceOf(req));
  }

  @Post('logout')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs out' })
  async logout(
    @CurrentSession() by: SignedIn,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<void> {
    await this.auth.logout(by);
    clearSessionCookie(req, res);
  }

  @Get('session')
  @RequiresSession({ tokens: true })
  @ApiOperation({ summary: 'Who is signed in, and what they may do' })
  @ZodResponse({ type: SessionDto })
  session(@CurrentSession() by: SignedIn) {
    return presentSession(by);
  }
}
