import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { RequiresRecentSignIn, RequiresSession } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import { sourceOf } from '../../platform/auth/source-of';
import { AccountService } from './account.service';
import {
  AccountDto,
  ChangePasswordRequestDto,
  ConfirmSecondFactorRequestDto,
  RecoveryCodesDto,
  SecondFactorOfferDto,
} from './auth.dto';

@ApiTags('account')
@Controller('account')
export class AccountController {
  constructor(private readonly account: AccountService) {}

  @Get()
  @RequiresSession()
  @ApiOperation({ summary: 'Your own account' })
  @ZodResponse({ type: AccountDto })
  get(@CurrentSession() by: SignedIn) {
    return this.account.get(by);
  }

  @Post('password')
  @RequiresSession()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Changes your password; your other sign-ins end' })
  changePassword(
    @Body() body: ChangePasswordRequestDto,
    @CurrentSession() by: SignedIn,
    @Req() req: Request,
  ): Promise<void> {
    return this.account.changePassword(body, by, sourceOf(req));
  }

  @Post('second-factor')
  @RequiresSession()
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Begins to add an authenticator app; its secret is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: SecondFactorOfferDto })
  offerSecondFactor(@CurrentSession() by: SignedIn) {
    return this.account.offerSecondFactor(by);
  }

  @Post('second-factor/confirmation')
  @RequiresSession()
  @RequiresRecentSignIn()
  @ApiOperation({
    summary: 'Adds the authenticator app that shows this code; recovery codes are shown this once',
  })
  @ZodResponse({ status: HttpStatus.OK, type: RecoveryCodesDto })
  confirmSecondFactor(@Body() { code }: ConfirmSecondFactorRequestDto, @CurrentSession() by: SignedIn) {
    return this.account.confirmSecondFactor(code, by);
  }

  @Delete('second-factor')
  @RequiresSession()
  @RequiresRecentSignIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Removes your authenticator app and its recovery codes' })
  removeSecondFactor(@CurrentSession() by: SignedIn): Promise<void> {
    return this.account.removeSecondFactor(by);
  }

  @Post('recovery-codes')
  @RequiresSession()
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Makes new recovery codes, shown this once; the old ones end' })
  @ZodResponse({ status: HttpStatus.CREATED, type: RecoveryCodesDto })
  renewRecoveryCodes(@CurrentSession() by: SignedIn) {
    return this.account.renewRecoveryCodes(by);
  }
}
