import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import { IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { BodyLimit, Public } from '../../platform/http';
import { SignInService } from '../application/sign-in.service';

const BODY_BYTES = 1_000;

class SignInDto {
  /** Of the link. */
  @IsString() @MaxLength(200) code: string;
}

/** Where the dashboard turns the code of its link into a session, without Clerk. */
@Controller('sign-in')
export class SignInController {
  constructor(private readonly signInService: SignInService) {}

  /** @hidden */
  @Post()
  @Public()
  @BodyLimit(BODY_BYTES)
  @HttpCode(HttpStatus.OK)
  async signIn(@Req() { ip }: FastifyRequest, @Body() { code }: SignInDto) {
    return this.signInService.signIn(code, ip);
  }
}
