import { Controller, Get } from '@nestjs/common';
import { RequiresScope } from '../../auth';
import { SystemService } from '../application/system.service';
import { toSystemResponse } from './system.response';

/** How the installation is. */
@Controller('api/system')
export class SystemController {
  constructor(private readonly systemService: SystemService) {}

  /**
   * What runs, which workers are alive, and whether the stores answer. What is told is at most a second old.
   * An answer comes within two seconds, also while a store is away; without MongoDB it is known for a moment
   * only who calls, and then the answer is `STORE_UNAVAILABLE`.
   * @operation getSystem
   * @fails ADMIN_SESSION_REQUIRED
   */
  @Get()
  @RequiresScope('settings:manage')
  async get() {
    return toSystemResponse(await this.systemService.state());
  }
}
