// Made by `npm run openapi` from docs/openapi.json: do not edit.

export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts, oldest first */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Makes an account, with the settings and secrets that `GET /channels` lists for its channel
         * @description The answer holds the inbound URL, whose secret is not kept.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One account
         * @description Its inbound URL is shown to those alone who may change it.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /** Deletes an account that no line is on */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /**
         * Changes the fields that are given, for all lines of the account
         * @description The URL of another server needs the secrets with it.
         */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/api/accounts/{id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Asks the account's provider whether the account works, and keeps the answer on it */
        get: operations["checkAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/rotate-inbound-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the account another inbound URL, which is to be set at its provider
         * @description The earlier one is answered as well for a while. An account that was made for its lines has none before.
         */
        post: operations["rotateAccountInboundUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the workspace; their secrets are not shown */
        get: operations["listApiKeys"];
        put?: never;
        /** Makes a key; its secret is in this answer alone */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a key, which no longer opens anything */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        /** Changes the fields that are given */
        patch: operations["changeApiKey"];
        trace?: never;
    };
    "/api/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the key another secret; the one before stays good for a while */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what in the workspace, newest first, of the last year */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns, newest first */
        get: operations["listCampaigns"];
        put?: never;
        /** Makes a campaign, as a draft */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign, with its counts, how far its list is enrolled, and what is to be said of its templates */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        /** Deletes a campaign that has sent nothing */
        delete: operations["deleteCampaign"];
        options?: never;
        head?: never;
        /** Changes the fields that are given; an edit of steps also reaches what waits */
        patch: operations["changeCampaign"];
        trace?: never;
    };
    "/api/campaigns/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archives a campaign for good; what waits is cancelled */
        post: operations["archiveCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/launch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activates the campaign and enrolls its list in the background
         * @description The body may be left out.
         */
        post: operations["launchCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaign's enrollments, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes */
        get: operations["listEnrollments"];
        put?: never;
        /**
         * Brings one lead in
         * @description one that is there (`leadId`), or a new one (`lead`).
         */
        post: operations["enrollLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/leads/{leadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a lead out; what waits for it is cancelled */
        delete: operations["unenrollLead"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pauses a campaign
         * @description nothing of it goes out until it is resumed.
         */
        post: operations["pauseCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the campaign would send to a lead, and when; nothing is saved */
        post: operations["previewCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts by step and in all, by day, and what waits and why */
        get: operations["getCampaignReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resumes a paused campaign */
        post: operations["resumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every channel that can be sent on, with what accounts and lines on it need
         * @description enough to show a form.
         */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks one address, which no lead needs to have */
        get: operations["checkAddressAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check-availability-rr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks phones in their order, then e-mails, over the lines in rotation, until one has iMessage */
        post: operations["checkAnyAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people who wrote, the latest first */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation with what both wrote, the latest first */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Says that a conversation is read, or who looks after it */
        patch: operations["changeConversation"];
        trace?: never;
    };
    "/api/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers where the person wrote last
         * @description a direct send, by the same rules.
         */
        post: operations["answerConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has happened, oldest first
         * @description Whoever keeps the cursor misses nothing and reads nothing twice. There is always a `nextCursor`, to come back with; `hasMore` says whether there is something behind it already.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as Server-Sent Events, as they happen
         * @description `id` is a cursor: a reader that sends it as `Last-Event-ID` continues without a gap. The stream ends after a while, to be opened anew.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound/clerk/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an event of Clerk's in, signed with `CLERK_WEBHOOK_SECRET`
         * @description Sessions, members and users whose access has ended are refused from then on; the workspace of a deleted organization becomes read-only. Other events are taken, and nothing comes of them.
         */
        post: operations["receiveClerkEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound/{provider}/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Takes a callback in that a provider makes by GET; the secret in its path names the line or the account */
        get: operations["receiveCallbackByGet"];
        put?: never;
        /** Takes a callback of a provider in; the secret in its path names the line or the account */
        post: operations["receiveCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The leads, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes; with `id` one lead */
        get: operations["listLeads"];
        put?: never;
        /**
         * Saves one or many leads
         * @description 201, or 200 when none of them is new.
         */
        post: operations["saveLeads"];
        /** Deletes those of the ids that are leads of the workspace, and ignores the others */
        delete: operations["deleteLeads"];
        options?: never;
        head?: never;
        /** Changes many leads, each as one is changed */
        patch: operations["changeLeads"];
        trace?: never;
    };
    "/api/leads/check-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks one lead and writes the outcome to it */
        get: operations["checkLeadAvailability"];
        put?: never;
        /**
         * Checks one raw address, or many leads
         * @description 200 with the results, or 202 where it takes longer.
         */
        post: operations["checkAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/check-availability/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checks of many leads, newest first; when each will be over is in its own answer */
        get: operations["listAvailabilityJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/check-availability/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a check of many leads is */
        get: operations["getAvailabilityJob"];
        put?: never;
        post?: never;
        /** Cancels a check of many leads; what was found out stays */
        delete: operations["cancelAvailabilityJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many leads there are, or how many a filter has
         * @description A search counts up to 10,000, and says so with `countIsLowerBound`.
         */
        get: operations["countLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an erasure is, and what it waits for */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The leads as CSV, streamed, newest first
         * @description safe for spreadsheets, and to be imported again as they were.
         */
        get: operations["exportLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The imports, newest first */
        get: operations["listImports"];
        put?: never;
        /**
         * Takes a CSV file in; its rows are saved in the background
         * @description With `dryRun` it only says what would become of the first rows. To enroll the rows needs the scope `campaigns:write` too.
         */
        post: operations["importLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is, and what came of its rows */
        get: operations["getImport"];
        put?: never;
        post?: never;
        /** Cancels the import; what it has saved stays */
        delete: operations["cancelImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/imports/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that are like leads of the list, or like rows before them, as CSV with those leads */
        get: operations["getDuplicateRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/imports/{id}/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is */
        get: operations["getRejectedRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/imports/{id}/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was not taken as it stood, of rows that were saved and of columns, as CSV */
        get: operations["getImportWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One lead, with what is known of it elsewhere */
        get: operations["getLead"];
        put?: never;
        post?: never;
        /**
         * Deletes a lead
         * @description With `erase=true` the person is erased wherever something is kept about them, in the background.
         */
        delete: operations["deleteLead"];
        options?: never;
        head?: never;
        /** Changes given fields; `null` clears one; custom fields merge by key; `listId` moves the lead */
        patch: operations["changeLead"];
        trace?: never;
    };
    "/api/leads/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything held about the person as one JSON file, streamed */
        get: operations["exportPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of a lead, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes */
        get: operations["listLeadMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines, oldest first */
        get: operations["listLines"];
        put?: never;
        /**
         * Makes a line
         * @description The answer holds the inbound URL, whose secret is not kept.
         */
        post: operations["createLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lines/by-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All lines with what they used of the current UTC day */
        get: operations["listLinesWithUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lines/check-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Asks the line's provider whether it works, and keeps the answer on the line */
        get: operations["checkLine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One line
         * @description Its inbound URL is shown to those alone who may change it.
         */
        get: operations["getLine"];
        put?: never;
        post?: never;
        /** Deletes a line; what waits for it looks for another */
        delete: operations["deleteLine"];
        options?: never;
        head?: never;
        /**
         * Changes the fields that are given
         * @description The URL of another bridge needs its password with it. A line that is not alone on its account moves to another one with its bridge; the other lines stay as they are.
         */
        patch: operations["changeLine"];
        trace?: never;
    };
    "/api/lines/{id}/rotate-inbound-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the line another inbound URL, which is to be set at its provider
         * @description The earlier one is answered as well for a while.
         */
        post: operations["rotateInboundUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lists, newest first */
        get: operations["listLists"];
        put?: never;
        /** Makes a list */
        post: operations["createList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One list */
        get: operations["getList"];
        put?: never;
        post?: never;
        /** Deletes a list at once; its leads go in the background */
        delete: operations["deleteList"];
        options?: never;
        head?: never;
        /** Changes the fields that are given */
        patch: operations["changeList"];
        trace?: never;
    };
    "/api/lists/{id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The leads of a list, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes */
        get: operations["listMessages"];
        put?: never;
        /**
         * Takes a direct message in
         * @description Limits, windows and gaps never refuse it; `status` tells.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/cancel-for-lead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops all that waits for a person
         * @description Also 200 when nothing did.
         */
        post: operations["cancelForLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/react": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reacts to a message, as with a tapback */
        post: operations["react"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows the recipient of a message that somebody is typing */
        post: operations["startTyping"];
        /** Takes the sign of typing back, as far as the provider can */
        delete: operations["stopTyping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a message that waits */
        post: operations["cancelMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says of a message of unknown outcome whether it was sent
         * @description `not_sent` sends it again, through all gates.
         */
        post: operations["resolveMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a failed message again, through all gates */
        post: operations["retryMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Inbound messages, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes */
        get: operations["listReplies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replies/{id}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file that came with a reply and is kept (`files`), as a download of mere bytes
         * @description nothing of it is to be shown in a page of ours, whatever it is. Its type stands in `files`.
         */
        get: operations["getReplyFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replies/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides on a reply under review; what is held for the person goes on, or is cancelled */
        post: operations["reviewReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The suppressions, newest first; with `updatedSince` and `cursor` those that changed, in the order of their changes, with those that were lifted */
        get: operations["listSuppressions"];
        put?: never;
        /**
         * Adds one, or up to 10,000
         * @description 201, or 200 when none of them is new. Rows that cannot be read are named.
         */
        post: operations["addSuppressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of the filter as CSV, streamed, newest first, safe for spreadsheets */
        get: operations["exportSuppressions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a CSV file in; its rows are saved in the background, and hold from then on
         * @description With `dryRun` it only says what would become of the first rows.
         */
        post: operations["importSuppressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import of suppressions is */
        get: operations["getSuppressionImport"];
        put?: never;
        post?: never;
        /** Cancels the import; what it has saved stays */
        delete: operations["cancelSuppressionImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/imports/{id}/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is */
        get: operations["getRejectedSuppressionRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/imports/{id}/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was not taken as it stood, of rows that were taken, as CSV */
        get: operations["getSuppressionImportWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One suppression */
        get: operations["getSuppression"];
        put?: never;
        post?: never;
        /**
         * Lifts it, with those derived from it
         * @description A person's own wish needs `?confirm=person-asked`.
         */
        delete: operations["liftSuppression"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs, which workers are alive, and whether the stores answer
         * @description What is told is at most a second old. An answer comes within two seconds, also while a store is away; without MongoDB it is known for a moment only who calls, and then the answer is `STORE_UNAVAILABLE`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own views and those that the workspace shares, of the tables that the caller may read; the caller's own first, each oldest first */
        get: operations["listViews"];
        put?: never;
        /** Saves a view, for the caller alone or for everybody in the workspace */
        post: operations["createView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a view */
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        /** Changes the fields that are given */
        patch: operations["changeView"];
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The webhooks, newest first, all of them */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Makes a webhook
         * @description The answer holds its secret, which is not shown again; everything that happens from then on is told.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Deletes a webhook, with its log */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Changes the fields that are given */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Newest first, of the last 30 days */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells one of them once more, in the background
         * @description the same body, signed anew.
         */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/health-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a signed trial to the endpoint, and says what it answered */
        post: operations["checkWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells those of a range once more, oldest first, at most 10,000; `isCut` says that there are more */
        post: operations["replayDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives it a new secret, which is not shown again; the earlier one signs as well for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings of the workspace */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes the settings that are given */
        patch: operations["changeWorkspace"];
        trace?: never;
    };
    "/api/workspace/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who works with the workspace, and in which role; who joined first comes first
         * @description `managedAt` is where members are added, changed and removed, `null` where nobody manages them.
         */
        get: operations["listWorkspaceMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspace/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent today by line against its limits, what waits and why, what waits for a person, and what needs somebody, each with its cure
         * @description A part whose scope the caller lacks is `null`.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process runs
         * @description Restart it when this fails.
         */
        get: operations["checkLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process can serve
         * @description both stores answer, and it is not shutting down. Send it no traffic when this fails. It also says which release of the time-zone database the send windows are computed with. With `?deep=1` it also writes to MongoDB and reads it, reaches the queues, and looks whether the database has the form of this version, at most once a second; the answer says which of them failed.
         */
        get: operations["checkReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether there are workers, and how long ago the first and the last of them gave a sign of life
         * @description they do so every five seconds, and count for twenty. Without one, nothing is sent, imported or told.
         */
        get: operations["checkWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/u/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Asks, and does nothing
         * @description scanners of mail follow every link.
         */
        get: operations["showUnsubscribePage"];
        put?: never;
        /**
         * The page's button, or a mail program by itself (RFC 8058)
         * @description acts at once, whatever the body says.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An account as callers see it: which of its secrets are set, and none of them. */
        Account: {
            _id: string;
            workspaceId: string;
            channel: string;
            /** @description The adapter's. */
            provider: string;
            name: string | null;
            /** @description The physical device behind it, which its lines share. */
            deviceId: string;
            settings: {
                [key: string]: string | number | boolean | null;
            };
            configuredSecrets: string[];
            inboundUrl: string | null;
            /** @description The pace of its lines that have none of their own; `null`: as its channel has it. */
            pace: components["schemas"]["RatePace"] | null;
            /** @description The pace of all its lines together; `null`: as its channel has it. */
            overallPace: components["schemas"]["OverallPace"] | null;
            /** @description It was made for a line that named its bridge; it goes with the last line. */
            isImplicit: boolean;
            healthCheck: {
                /** @enum {string} */
                status: "unknown" | "healthy" | "unhealthy";
                /** Format: date-time */
                lastCheckedAt: string | null;
                /** @description Why it does not work, for people to read. */
                reason: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AccountHealth: {
            accountId: string;
            available: boolean;
            healthCheck: {
                /** @enum {string} */
                status: "unknown" | "healthy" | "unhealthy";
                /** Format: date-time */
                lastCheckedAt: string | null;
                /** @description Why it does not work, for people to read. */
                reason: string | null;
            };
            /** @description What had better be put right, though it keeps nothing from being sent. */
            warnings: components["schemas"]["ChannelWarning"][];
        };
        AccountInboundRotationRequest: {
            /** @description For how long the earlier URL is answered as well, in hours: 24 by default. */
            overlapHours?: number;
        };
        /** @description How fast the lines of an account may send that have no pace of their own. */
        AccountPaceRequest: {
            /** @description Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
            perSecond: number;
            /** @description Units that may go at once after a rest. */
            burst: number;
            /** @description Messages that are on their way to the provider at the same time. */
            inFlight: number;
        };
        /** @description What a caller may change of an account. */
        AccountRequest: {
            name?: string | null;
            /** @description The physical device behind it, which its lines share; without it, the host of its bridge. */
            deviceId?: string | null;
            /** @description By name, as `GET /channels` lists them; those that are left out stay, and `null` takes one away. */
            settings?: {
                [key: string]: unknown;
            };
            /** @description Write only. By name, as `GET /channels` lists them; those that are left out stay. */
            secrets?: {
                [key: string]: unknown;
            };
            /** @description In place of the pace of its channel, where that has one; `null`: as the channel has it. */
            pace?: components["schemas"]["AccountPaceRequest"] | null;
            /** @description Of all its lines together, beside the pace of each; `null`: as the channel has it. */
            overallPace?: components["schemas"]["OverallPaceRequest"] | null;
        };
        /** @description The body of POST /suppressions: one suppression, or a list of them. */
        AddSuppressionsRequest: {
            suppressions?: components["schemas"]["SuppressionRequest"][];
            /** @description A phone number or an e-mail address; exactly one of `address` and `domain`. */
            address?: string;
            /** @description Every e-mail address of the domain, not of its sub-domains. */
            domain?: string;
            /**
             * @description By default `all`.
             * @enum {string}
             */
            channel?: "email" | "all" | "phone" | "imessage" | "sms";
            /**
             * @description By default `manual`.
             * @enum {string}
             */
            reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
            note?: string;
        };
        /** @description The answer of POST /suppressions. */
        AddedSuppressions: {
            suppression?: components["schemas"]["Suppression"];
            saved: number;
            existing: number;
            invalid: components["schemas"]["ErrorDetail"][];
            invalidCount: number;
        };
        /** @description Something that needs somebody, with what can be done about it. */
        Alert: {
            /** @enum {string} */
            kind: "read_only" | "line_unhealthy" | "webhook_disabled" | "import_failed" | "unknown_outcomes";
            /**
             * @description `error`: something does not work now.
             * @enum {string}
             */
            severity: "error" | "warning";
            /** @description The line, webhook or import that it is about. */
            subjectId: string | null;
            /**
             * Format: date-time
             * @description Since when, where that is known.
             */
            since: string | null;
            /** @description For people. */
            message: string;
            /** @description What can be done, for people. */
            cure: string;
        };
        /** @description Times of the week in which messages may go out. */
        AllowedTimes: {
            /** @description 0 for Sunday to 6 for Saturday. */
            days: number[];
            /** @description `HH:mm`, the first minute that is allowed. */
            from: string;
            /** @description `HH:mm`, the first minute that is not allowed any more, later than `from`; `24:00` is midnight. */
            to: string;
        };
        AnswerRequest: {
            message: string;
            /** @description Of an e-mail. Without one the answer goes on with the conversation. */
            subject?: string | null;
            /** @description Of an e-mail, the text as HTML. */
            html?: string | null;
        };
        AnyAvailability: {
            ignored?: string[];
            reason?: string;
            available: boolean;
        };
        /** @description A key without its secret. */
        ApiKey: {
            _id: string;
            name: string;
            /** @description The key's last four characters, by which people tell keys apart. */
            ending: string;
            scopes: ("leads:read" | "leads:write" | "campaigns:read" | "campaigns:write" | "campaigns:launch" | "messages:read" | "messages:send" | "lines:read" | "lines:write" | "webhooks:manage" | "suppressions:read" | "suppressions:write" | "settings:manage" | "keys:manage" | "audit:read")[];
            /**
             * Format: date-time
             * @description From this moment on the key is not good any more; `null`: it does not expire.
             */
            expiresAt: string | null;
            /** @description Addresses and networks from which it may be used; empty: from anywhere. */
            allowedIps: string[];
            /** @description Calls in a minute, beside the limit of the workspace; `null`: that one alone. */
            rateLimitPerMinute: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the present one is good as well; `null` before the first rotation.
             */
            previousSecretUntil: string | null;
        };
        ApiKeyRequest: {
            /** @description What people call the key, 1 to 100 characters. */
            name?: string;
            /** @description What the key may do; by default everything that its maker may, but `keys:manage`. */
            scopes?: ("leads:read" | "leads:write" | "campaigns:read" | "campaigns:write" | "campaigns:launch" | "messages:read" | "messages:send" | "lines:read" | "lines:write" | "webhooks:manage" | "suppressions:read" | "suppressions:write" | "settings:manage" | "keys:manage" | "audit:read")[];
            /**
             * @description When the key stops being good, later than now; `null`, the default: never.
             * @example 2024-05-31T09:00:00Z
             */
            expiresAt?: string | null;
            /** @description Addresses and networks from which it may be used, at most 50; empty, the default: from anywhere. */
            allowedIps?: string[];
            /** @description Calls in a minute, 1 to 1,000,000, within those of the workspace; `null`, the default: as many. */
            rateLimitPerMinute?: number | null;
        };
        AuditEntry: {
            /** Format: date-time */
            at: string;
            /** @description `key:<id>`, `user:<id>`, `operator` for who runs the installation, or `system` for what the product did by itself. */
            actor: string;
            /** @description From where; `null` for the product itself. */
            address: string | null;
            correlationId: string | null;
            action: string;
            subject: components["schemas"]["AuditSubject"];
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
            _id: string;
        };
        /** @description What an act was done on. */
        AuditSubject: {
            /** @enum {string} */
            kind: "workspace" | "account" | "api-key" | "campaign" | "lead" | "line" | "list" | "suppression" | "webhook";
            /** @description `null` for several at once. */
            id: string | null;
        };
        AvailabilityCheck: {
            success: boolean;
            checked: number;
            successful: number;
            errors: number;
            results: (components["schemas"]["LeadResult"] | components["schemas"]["UnknownLead"])[];
            processingMode: string;
        };
        AvailabilityJob: {
            /** @description Checks that the lines may do in a UTC day. */
            perDay: number;
            /**
             * Format: date-time
             * @description When the last one is expected; `null` while no line can be asked.
             */
            expectedLastAt: string | null;
            /**
             * Format: date-time
             * @description While it waits: when it goes on; else `null`.
             */
            waitingUntil: string | null;
            _id: string;
            jobId: string;
            /** @enum {string} */
            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
            /** @description Why it waits or failed, as a sentence for people. */
            reason: string | null;
            total: number;
            checked: number;
            available: number;
            unavailable: number;
            errors: number;
            /** @description Leads that were gone when their turn came; part of `checked`. */
            missing: number;
            percent: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
        };
        /** @description A batch of checks as callers see it, but for what is expected of one that is not over. */
        Batch: {
            _id: string;
            jobId: string;
            /** @enum {string} */
            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
            /** @description Why it waits or failed, as a sentence for people. */
            reason: string | null;
            total: number;
            checked: number;
            available: number;
            unavailable: number;
            errors: number;
            /** @description Leads that were gone when their turn came; part of `checked`. */
            missing: number;
            percent: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
        };
        Campaign: {
            enrolling?: {
                /** @enum {string} */
                state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                /** @description Why it waits or failed, as a sentence for people. */
                reason: string | null;
                total: number;
                enrolled: number;
                alreadyInCampaign: number;
                answeredBefore: number;
                suppressed: number;
                noAddress: number;
            };
            finished: boolean;
            messageCounts: components["schemas"]["StatusCounts"];
            replies: number;
            steps: {
                /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                wait: components["schemas"]["Wait"];
                /** @description `null`: as the campaign's `stopOnReply`. */
                onlyIfNoReply: boolean | null;
                /** @description `null`: the campaign's. */
                channel: string | null;
                template: string;
                /** @description Only for channels with subjects. */
                subject: string | null;
                /** @description The text as HTML, for channels that take it. */
                html: string | null;
                byChannel: {
                    [key: string]: components["schemas"]["ChannelContent"];
                };
                _id: string;
                stepIndex: number;
            }[];
            settings: {
                fallback: components["schemas"]["FallbackFlags"];
                timezone: string | null;
                sendWindowStart: string | null;
                sendWindowEnd: string | null;
                /** @description 0 = Sunday; `null`: every day. */
                allowedDaysOfWeek: number[] | null;
                useLeadTimezone: boolean;
                contactGapSeconds: number;
                stopOnReply: boolean;
                /** @enum {string} */
                addresses: "all" | "primary";
                /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                fallbackChannels: string[];
                /**
                 * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                 * @enum {string}
                 */
                afterUnknown: "hold" | "continue";
            };
            workspaceId: string;
            name: string;
            listId: string;
            lineIds: string[];
            channel: string;
            /** @enum {string} */
            status: "active" | "archived" | "paused" | "draft";
            /** Format: date-time */
            launchedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            _id: string;
        };
        /** @description Counts by step and in all, days, what waits and why. */
        CampaignReport: {
            total: components["schemas"]["StatusCounts"];
            replies: number;
            steps: {
                queued: number;
                cancelled: number;
                failed: number;
                scheduled: number;
                sent: number;
                delivered: number;
                fallback: number;
                stepId: string;
                stepIndex: number;
                removed: boolean;
                replies: number;
                replyRate: number;
                /** @description People who opted out when this was the last step that they had got. */
                optOuts: number;
                /** Format: date-time */
                firstSentAt: string | null;
                /** Format: date-time */
                lastSentAt: string | null;
            }[];
            finished: boolean;
            replyRate: number;
            optOuts: number;
            /** @description Leads of the list that were left out when it was last enrolled, since they must not be written to. */
            suppressed: number;
            /** Format: date-time */
            firstSentAt: string | null;
            /** Format: date-time */
            lastSentAt: string | null;
            daily: components["schemas"]["ReportDay"][];
            waiting: {
                /** @description Not due yet: its wait, or the step before, is not over. */
                notDue: number;
                due: number;
                /** @description How many of the due ones were looked at: all of them, or a sample. */
                asked: number;
                reasons: components["schemas"]["WaitingFor"][];
            };
            /** @description Enrollments that wait behind a step of which nobody knows whether it was sent. */
            heldUnknown: number;
            /** Format: date-time */
            expectedLastAt: string | null;
            campaignId: string;
            /** @enum {string} */
            status: "active" | "archived" | "paused" | "draft";
        };
        CancelForLeadRequest: {
            leadId?: string | null;
            recipientPhone?: string | null;
            recipientEmail?: string | null;
        };
        ChangeCampaignRequest: {
            name?: string;
            listId?: string;
            lineIds?: string[];
            channel?: string;
            steps?: components["schemas"]["StepRequest"][];
            settings?: components["schemas"]["SettingsRequest"];
        };
        ChangeConversationRequest: {
            /** @description `true`: all of it is read; `false`: the last reply is not. */
            read?: boolean;
            /** @description A user of the dashboard; `null`: nobody. */
            assignedTo?: string | null;
        };
        /** @description The body of PATCH /leads/:id: what is left out stays, `null` clears, custom fields merge by key. */
        ChangeLeadRequest: {
            /** @description Moves the lead to another list. */
            listId?: string;
            defaultCountryCode?: string | null;
            firstName?: string | null;
            lastName?: string | null;
            companyName?: string | null;
            jobTitle?: string | null;
            email?: string | null;
            altEmail1?: string | null;
            altEmail2?: string | null;
            altEmail3?: string | null;
            phone?: string | null;
            altPhone1?: string | null;
            altPhone2?: string | null;
            altPhone3?: string | null;
            linkedinUrl?: string | null;
            notes?: string | null;
            /** @description Where the lead comes from. */
            source?: string | null;
            /** @description The id of the lead in your system: no two leads of a list share it. */
            externalId?: string | null;
            /** @description Any further fields: at most 100 keys of at most 100 characters, 4 kB a value and 64 kB in all. */
            customFields?: {
                [key: string]: unknown;
            } | null;
            /** @description The lead in GoHighLevel. */
            ghlContactId?: string | number | null;
            ghlLocationId?: string | number | null;
            /** @description The lead in HubSpot. */
            hsContactId?: string | number | null;
            hsPortalId?: string | number | null;
        };
        /** @description The body of PATCH /leads. */
        ChangeLeadsRequest: {
            leads: components["schemas"]["LeadChangeRow"][];
            /** @description Where external ids are looked for; without it, in the whole workspace. */
            listId?: string;
            defaultCountryCode?: string | null;
            /**
             * @default reject
             * @enum {string}
             */
            onInvalid?: "skip" | "reject";
        };
        ChangeListRequest: {
            name?: string;
            description?: string | null;
        };
        /** @description The answer of PATCH /leads. */
        ChangedLeads: {
            /** @description In row order: of the lead that was changed, `null` for an invalid row. */
            leadIds: (string | null)[];
            warnings?: components["schemas"]["ErrorDetail"][];
            invalidCount?: number;
            invalid?: components["schemas"]["ErrorDetail"][];
            message: string;
            updatedCount: number;
            totalProcessed: number;
        };
        Channel: {
            name: string;
            /** @description Who is behind it, as it appears in the URLs that it calls: `/api/inbound/<provider>/<secret>`. */
            provider: string;
            reaches: ("email" | "phone")[];
            capabilities: {
                attachments: boolean;
                /** @description Longest subject in characters; `null`: the channel has none. */
                subjectLength: number | null;
                html: boolean;
                availability: boolean;
                reactions: boolean;
                typing: boolean;
                inbound: boolean;
                answersOptOuts: boolean;
            };
            accountFields: components["schemas"]["ChannelField"][];
            lineFields: components["schemas"]["ChannelField"][];
            defaults: {
                dailyNewConversationsLimit: number | null;
                /** @description E-mail lines have none. */
                hourlyNewConversationsLimit: number | null;
                dailyTotalMessagesLimit: number | null;
                /** @description Beside the limit of all sends, the smaller counts; `null`: all of it from the first day on. */
                ramp?: components["schemas"]["Ramp"] | null;
                pace: components["schemas"]["RatePace"] | null;
                overallPace: components["schemas"]["OverallPace"] | null;
            };
            codes: components["schemas"]["ChannelCode"][];
        };
        /** @description A code on attempts and messages; `<n>` stands for what differs. */
        ChannelCode: {
            /** @description In capitals. `<n>` in it stands for what differs, such as a number of the provider's. */
            code: string;
            /** @description What it says, in words. */
            meaning: string;
        };
        /** @description What a message says on one channel, where it differs: what is left out is as on all, `null` is none. */
        ChannelContent: {
            template?: string;
            subject?: string | null;
            html?: string | null;
        };
        /** @description A field of a form; what an adapter does not say is `null`. */
        ChannelField: {
            /** @description As it stands in `settings` or `secrets`: camelCase. */
            name: string;
            /**
             * @description A `host` is the name or the address of a server, without a port.
             * @enum {string}
             */
            type: "string" | "number" | "boolean" | "url" | "host" | "choice";
            secret: boolean;
            required: boolean;
            label: string;
            help: string;
            choices: string[] | null;
            min: number | null;
            max: number | null;
            pattern: {
                source: string;
                words: string;
            } | null;
            defaultValue: string | number | boolean | null;
        };
        /** @description Something that does not keep a line from sending, and that somebody had better put right. */
        ChannelWarning: {
            /** @description What it is, in one word, such as `spf_missing`: the page of the adapter explains it. */
            kind: string;
            /** @description A sentence. */
            problem: string;
            /** @description A sentence that says what to do. */
            cure: string;
        };
        /** @description The body of a check: exactly one of `address`, `leadIds` and `listId`. */
        CheckRequest: {
            /** @description A phone number or an e-mail address. */
            address?: string | null;
            /** @description The leads to check; unknown ones are `not_found` in the results. */
            leadIds?: string[] | null;
            /** @description The list whose leads are checked. */
            listId?: string | null;
            /** @description Asks again for what is known. */
            refresh?: boolean;
        };
        /** @description What somebody who looks at a preview should know. */
        ContentWarning: {
            /** @enum {string} */
            code: "LONG_CHARACTERS" | "BORROWED_SUBJECT" | "EMPTY_MESSAGE";
            message: string;
        };
        Conversation: {
            _id: string;
            leadId: string | null;
            name: string | null;
            companyName: string | null;
            /** @description Replies that nobody has read. */
            unread: number;
            needsReview: boolean;
            /** @description The user of the dashboard who looks after it. */
            assignedTo: string | null;
            lastReply: components["schemas"]["ConversationReply"];
        };
        /** @description What one of the two wrote: of the two, the other is `null`. */
        ConversationEntry: {
            /** @enum {string} */
            kind: "message" | "reply";
            /** Format: date-time */
            at: string;
            reply: components["schemas"]["ConversationReply"] | null;
            message: components["schemas"]["Message"] | null;
        };
        ConversationReply: {
            messageId: string;
            message: string;
            messageType: string;
            recipientPhone: string | null;
            recipientEmail: string | null;
            lineId: string;
            /**
             * @description What it says about being written to.
             * @enum {string}
             */
            kind: "review" | "reply" | "help" | "opt_out" | "opt_in";
            /**
             * @description Of kind `review`: what was decided; `null` while nobody has.
             * @enum {string|null}
             */
            reviewedAs: "reply" | "opt_out" | null;
            campaignId: string | null;
            files: components["schemas"]["ReplyFile"][];
            /** Format: date-time */
            respondedAtUtc: string;
        };
        ConversationThread: {
            conversation: components["schemas"]["Conversation"];
            entries: components["schemas"]["ConversationEntry"][];
            notSent: components["schemas"]["Message"][];
            /**
             * Format: date-time
             * @description Where the next part begins; `null` at the end.
             */
            nextBefore: string | null;
        };
        CreateCampaignRequest: {
            name: string;
            listId: string;
            lineIds?: string[];
            channel?: string;
            steps?: components["schemas"]["StepRequest"][];
            settings?: components["schemas"]["SettingsRequest"];
        };
        CreateListRequest: {
            name: string;
            description?: string | null;
        };
        /** @description Where a list goes on. */
        CursorPagination: {
            limit: number;
            /** @description What the next call gives as `cursor`; `null` at the end. */
            nextCursor: string | null;
        };
        DeleteLeadsRequest: {
            ids: string[];
        };
        Delivery: {
            _id: string;
            webhookId: string;
            /** @description The id of the fact: the same in every repeat, and at every endpoint. */
            eventId: string;
            /** @enum {string} */
            event: "message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled";
            /** @enum {string} */
            state: "failed" | "pending" | "delivered";
            attempts: number;
            /** Format: date-time */
            nextAttemptAt: string | null;
            statusCode: number | null;
            error: string | null;
            durationMs: number | null;
            response: string | null;
            /** @description The delivery that this one repeats, on somebody's wish. */
            replayOf: string | null;
            /** @description Exactly what is sent, as it was when the fact was saved. */
            body: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it came to its end.
             */
            endedAt: string | null;
        };
        /** @description The body of POST /campaigns/:id/leads: exactly one of `leadId` and `lead`. */
        EnrollRequest: {
            /** @description A lead that is there. */
            leadId?: string | null;
            /** @description A new lead; one that the campaign's list has is enrolled itself. */
            lead?: components["schemas"]["GivenLead"] | null;
            /** @description Beside `lead`: where it comes from. */
            source?: string | null;
            /** @description Beside `lead`: the country of numbers without a country code. */
            defaultCountryCode?: string | null;
            /** @description Of the lead, where it does not say it itself. */
            ghlContactId?: string | number | null;
            ghlLocationId?: string | number | null;
            hsContactId?: string | number | null;
            hsPortalId?: string | number | null;
        };
        Enrolled: {
            ghlContactId: string | null;
            ghlLocationId: string | null;
            hsContactId: string | null;
            hsPortalId: string | null;
            alreadyInCampaign: boolean;
            message: string;
            existingLeadIds: string[];
            success: boolean;
            leadId: string;
            /** @description Of the lead, in the system that it comes from. */
            externalId: string | null;
            campaignId: string;
            messageCount: number;
        };
        Enrollment: {
            externalId: string | null;
            /** @description `null`: the lead has none, or was deleted. */
            name: string | null;
            lastSentStepId: string | null;
            /** Format: date-time */
            lastSentAt: string | null;
            lineId: string | null;
            heldByMessageId: string | null;
            workspaceId: string;
            campaignId: string;
            leadId: string;
            /** @enum {string} */
            status: "completed" | "active" | "stopped";
            /** Format: date-time */
            enrolledAt: string;
            /**
             * Format: date-time
             * @description The first reply since then.
             */
            repliedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /**
             * @description Why it was stopped; `null` unless it was, and where it was not recorded.
             * @enum {string|null}
             */
            stopReason: "opted_out" | "replied" | "lead_deleted" | "previous_step_failed" | "taken_out" | null;
            /**
             * Format: date-time
             * @description When anything of it was written last.
             */
            updatedAt: string;
            _id: string;
        };
        Erasure: {
            _id: string;
            jobId: string;
            leadId: string;
            /** @enum {string} */
            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
            /** @description Why it waits or failed, as a sentence for people. */
            reason: string | null;
            stepsDone: number;
            steps: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
        };
        /** @description What every call answers that is refused; it has changed nothing then. */
        Error: {
            /** @description A sentence for people */
            error: string;
            /** @description For programs */
            code: string;
            /**
             * Format: uri
             * @description Where the code is explained
             */
            docs?: string;
            /** @description What is wrong, field by field */
            details?: {
                /** @description The row of a list, from 0 */
                index?: number;
                field: string;
                code?: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        /** @description One thing wrong with a request: where, and what. `index` is the row of a list, from 0. */
        ErrorDetail: {
            index?: number;
            field: string;
            /** @description What is wrong, for programs to read, where there is more than one thing that may be. */
            code?: string;
            message: string;
        };
        Event: {
            /** @description The same whenever the same thing is told. */
            id: string;
            /** @enum {string} */
            type: "message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled";
            /**
             * Format: date-time
             * @description When it was written down.
             */
            createdAt: string;
            /** @description What a webhook is sent. */
            data: {
                [key: string]: unknown;
            };
        };
        EventPage: {
            events: components["schemas"]["Event"][];
            pagination: {
                limit: number;
                /** @description Where to go on: always there, since more will come. */
                nextCursor: string;
                /** @description There is more by now. */
                hasMore: boolean;
            };
        };
        /** @description Whether it goes on by SMS, and then by e-mail: a short form of `fallbackChannels`. */
        FallbackFlags: {
            email: boolean;
            sms: boolean;
        };
        FallbackRequest: {
            sms?: boolean;
            email?: boolean;
        };
        /** @description The fields of a lead as callers give them. Phones and e-mails are taken as people write them, several in one field too; what cannot be read is named in `warnings`. */
        GivenLead: {
            firstName?: string | null;
            lastName?: string | null;
            companyName?: string | null;
            jobTitle?: string | null;
            email?: string | null;
            altEmail1?: string | null;
            altEmail2?: string | null;
            altEmail3?: string | null;
            phone?: string | null;
            altPhone1?: string | null;
            altPhone2?: string | null;
            altPhone3?: string | null;
            linkedinUrl?: string | null;
            notes?: string | null;
            /** @description Where the lead comes from. */
            source?: string | null;
            /** @description The id of the lead in your system: no two leads of a list share it. */
            externalId?: string | null;
            /** @description Any further fields: at most 100 keys of at most 100 characters, 4 kB a value and 64 kB in all. */
            customFields?: {
                [key: string]: unknown;
            } | null;
            /** @description The lead in GoHighLevel. */
            ghlContactId?: string | number | null;
            ghlLocationId?: string | number | null;
            /** @description The lead in HubSpot. */
            hsContactId?: string | number | null;
            hsPortalId?: string | number | null;
        };
        /** @description A suppression as a row of a file says it. */
        ImportedSuppression: {
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            channel: "email" | "all" | "phone" | "imessage" | "sms";
            /** @description E.164 or an e-mail address; `null` where a domain stands, or where nobody can tell any more. */
            address: string | null;
            /** @enum {string} */
            reason: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
            /** @description Every e-mail address of it; `null` where an address stands. */
            domain: string | null;
            /** @description What the person wrote, at most 1,000 characters. */
            text: string | null;
            note: string | null;
        };
        InboundRotationRequest: {
            /** @description For how long the earlier URL is answered as well, in hours: 24 by default. */
            overlapHours?: number;
        };
        /** @description What waits in the inbox for a person. */
        InboxWork: {
            /** @description Conversations that nobody has read. */
            unread: number;
            /** @description Replies that may be an opt-out, on which nobody has decided. */
            toReview: number;
            /** @description There may be more of either: counting has ended. */
            isLowerBound: boolean;
        };
        KeyRotationRequest: {
            /** @description For how long the earlier secret stays good, in hours: 24 by default, at most 168. */
            overlapHours?: number;
        };
        LaunchRequest: {
            allowEmpty?: boolean;
        };
        /** @description What somebody who launches a campaign should know. */
        LaunchWarning: {
            field: string;
            message: string;
        };
        /** @description A lead as callers see it. */
        Lead: {
            workspaceId: string;
            /** @description The list that owns the lead; the lead is a member of it, and maybe of others. */
            listId: string;
            listIds: string[];
            original: {
                email?: string;
                phone?: string;
                altPhone1?: string;
                altPhone2?: string;
                altPhone3?: string;
                altEmail1?: string;
                altEmail2?: string;
                altEmail3?: string;
            };
            customFields: {
                [key: string]: unknown;
            };
            /** @enum {string|null} */
            availabilityStatus: "available" | "unavailable" | "error" | null;
            /** Format: date-time */
            availabilityCheckedAt: string | null;
            /** @description The address that has iMessage, as of the last check. */
            availableAddress: string | null;
            /** @description Of status `error`: what went wrong, for people to read. */
            availabilityReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            email: string | null;
            phone: string | null;
            altPhone1: string | null;
            altPhone2: string | null;
            altPhone3: string | null;
            altEmail1: string | null;
            altEmail2: string | null;
            altEmail3: string | null;
            firstName: string | null;
            lastName: string | null;
            companyName: string | null;
            jobTitle: string | null;
            linkedinUrl: string | null;
            notes: string | null;
            source: string | null;
            externalId: string | null;
            ghlContactId: string | null;
            ghlLocationId: string | null;
            hsContactId: string | null;
            hsPortalId: string | null;
            _id: string;
        };
        /** @description A change of one lead among many: one of `_id` and `externalId` names it, the rest is what changes. */
        LeadChangeRow: {
            _id?: string;
            firstName?: string | null;
            lastName?: string | null;
            companyName?: string | null;
            jobTitle?: string | null;
            email?: string | null;
            altEmail1?: string | null;
            altEmail2?: string | null;
            altEmail3?: string | null;
            phone?: string | null;
            altPhone1?: string | null;
            altPhone2?: string | null;
            altPhone3?: string | null;
            linkedinUrl?: string | null;
            notes?: string | null;
            /** @description Where the lead comes from. */
            source?: string | null;
            /** @description The id of the lead in your system: no two leads of a list share it. */
            externalId?: string | null;
            /** @description Any further fields: at most 100 keys of at most 100 characters, 4 kB a value and 64 kB in all. */
            customFields?: {
                [key: string]: unknown;
            } | null;
            /** @description The lead in GoHighLevel. */
            ghlContactId?: string | number | null;
            ghlLocationId?: string | number | null;
            /** @description The lead in HubSpot. */
            hsContactId?: string | number | null;
            hsPortalId?: string | number | null;
        };
        LeadCount: {
            countIsLowerBound?: boolean;
            count: number;
        };
        /** @description What a caller is told of a lead. */
        LeadResult: {
            leadId: string;
            /** @description Of the lead, in the system that it comes from. */
            externalId: string | null;
            available: boolean;
            /** @enum {string} */
            status: "available" | "unavailable" | "error";
            /** @description Of status `error`. */
            reason?: string;
        };
        Lifted: {
            /** Format: date-time */
            deletedAt: string;
            /** @enum {string} */
            channel: "email" | "all" | "phone" | "imessage" | "sms";
            /** @description E.164 or an e-mail address; `null` where a domain stands, or where nobody can tell any more. */
            address: string | null;
            /** @description Every e-mail address of it; `null` where an address stands. */
            domain: string | null;
            _id: string;
        };
        /** @description A line as callers see it: without its secrets, and with the URL that its provider has to call. */
        Line: {
            ramp: components["schemas"]["Ramp"] | null;
            /** @description All sends of the current UTC day, by limit and ramp; `null`: no limit. */
            dailyLimitToday: number | null;
            accountId: string | null;
            hasBridgePassword: boolean;
            inboundUrl: string | null;
            provisioningStatus: string;
            lineType: string;
            healthCheck: {
                /** @enum {string} */
                status: "unknown" | "healthy" | "unhealthy";
                /** Format: date-time */
                lastCheckedAt: string | null;
                /** @description Why it is unhealthy, for people to read. */
                reason: string | null;
                /** Format: date-time */
                unhealthySince: string | null;
            };
            reading: components["schemas"]["LineReading"] | null;
            workspaceId: string;
            firstName: string | null;
            lastName: string | null;
            phone: string | null;
            email: string | null;
            channel: string;
            /** @description The physical device behind the line. Lines of one device share its gap. */
            deviceId: string;
            bridgeUrl: string | null;
            /**
             * Format: date-time
             * @description The day, of UTC, on which the ramp began; `null` without one.
             */
            rampSince: string | null;
            /** @description In place of its channel's; `null`: as its channel has it. */
            pace: components["schemas"]["RatePace"] | null;
            isActive: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            dailyNewConversationsLimit: number | null;
            /** @description E-mail lines have none. */
            hourlyNewConversationsLimit: number | null;
            dailyTotalMessagesLimit: number | null;
            _id: string;
        };
        LineHealth: {
            success: boolean;
            lineId: string;
            available: boolean;
            healthCheck: {
                /** @enum {string} */
                status: "unknown" | "healthy" | "unhealthy";
                /** Format: date-time */
                lastCheckedAt: string | null;
                reason: string | null;
                /** Format: date-time */
                unhealthySince: string | null;
            };
            reading: components["schemas"]["LineReading"] | null;
            /** @description What had better be put right, though it keeps nothing from being sent. */
            warnings: components["schemas"]["ChannelWarning"][];
        };
        /** @description How the inbox of a line's account has been read. */
        LineReading: {
            /**
             * Format: date-time
             * @description What came before then is known; `null`: it was not read yet, or cannot be.
             */
            lastReadAt: string | null;
            /** @description The provider no longer tells of what comes in. */
            isDeaf: boolean;
            /** @description What is wrong, and what to do about it; `null`: nothing. */
            words: string | null;
        };
        /** @description What a caller may set of a line. */
        LineRequest: {
            firstName?: string | null;
            lastName?: string | null;
            phone?: string | null;
            email?: string | null;
            channel?: string;
            /** @description The account that the line is on, in place of `bridgeUrl`, `bridgePassword` and `deviceId`. */
            accountId?: string;
            /** @description The physical device behind the line; without it, the host of its bridge. */
            deviceId?: string | null;
            bridgeUrl?: string | null;
            /** @description Write only. */
            bridgePassword?: string | null;
            /** @description In place of the pace of its channel, where that has one; `null`: as the channel has it. */
            pace?: components["schemas"]["PaceRequest"] | null;
            isActive?: boolean;
            /** @description First touches in a UTC day; `null`: no limit. */
            dailyNewConversationsLimit?: number | null;
            /** @description First touches in a UTC hour; `null`: no limit. E-mail lines have none. */
            hourlyNewConversationsLimit?: number | null;
            /** @description All sends in a UTC day, in segments on lines that send texts; `null`: no limit. */
            dailyTotalMessagesLimit?: number | null;
            /** @description Beside that limit; the smaller of both counts. It begins on the day on which it is given; the same one given again goes on. `null`: none. */
            ramp?: components["schemas"]["RampRequest"] | null;
        };
        List: {
            workspaceId: string;
            name: string;
            description: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            leadCount: number;
            _id: string;
        };
        /** @description One of a list: its steps come without `html` and `byChannel`, which the campaign itself has. */
        ListedCampaign: {
            steps: {
                /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                wait: components["schemas"]["Wait"];
                /** @description `null`: as the campaign's `stopOnReply`. */
                onlyIfNoReply: boolean | null;
                /** @description `null`: the campaign's. */
                channel: string | null;
                template: string;
                /** @description Only for channels with subjects. */
                subject: string | null;
                _id: string;
                stepIndex: number;
            }[];
            enrolling?: {
                /** @enum {string} */
                state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                /** @description Why it waits or failed, as a sentence for people. */
                reason: string | null;
                total: number;
                enrolled: number;
                alreadyInCampaign: number;
                answeredBefore: number;
                suppressed: number;
                noAddress: number;
            };
            finished: boolean;
            messageCounts: components["schemas"]["StatusCounts"];
            replies: number;
            settings: {
                fallback: components["schemas"]["FallbackFlags"];
                timezone: string | null;
                sendWindowStart: string | null;
                sendWindowEnd: string | null;
                /** @description 0 = Sunday; `null`: every day. */
                allowedDaysOfWeek: number[] | null;
                useLeadTimezone: boolean;
                contactGapSeconds: number;
                stopOnReply: boolean;
                /** @enum {string} */
                addresses: "all" | "primary";
                /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                fallbackChannels: string[];
                /**
                 * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                 * @enum {string}
                 */
                afterUnknown: "hold" | "continue";
            };
            workspaceId: string;
            name: string;
            listId: string;
            lineIds: string[];
            channel: string;
            /** @enum {string} */
            status: "active" | "archived" | "paused" | "draft";
            /** Format: date-time */
            launchedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            _id: string;
        };
        Member: {
            userId: string;
            /** @description `null` where nobody has said it. */
            name: string | null;
            email: string | null;
            /** @description Such as `admin`, `member` or `viewer`. */
            role: string;
            /** Format: date-time */
            joinedAt: string | null;
            /**
             * Format: date-time
             * @description When they were last seen; `null` where nobody knows.
             */
            lastActiveAt: string | null;
        };
        /** @description A message as callers see it, in answers and in what webhooks tell. */
        Message: {
            ghlConversationMessageId: string | null;
            /** @description Of a direct send: its own send window. */
            settings: components["schemas"]["WindowSettings"] | null;
            /** Format: date-time */
            dueAt: string | null;
            waitingFor: components["schemas"]["WaitReason"] | null;
            /** @description It went out although somebody may have answered on a line that could not be read any more. */
            repliesUnread: boolean;
            /** Format: date-time */
            sentAt: string | null;
            /** Format: date-time */
            deliveredAt: string | null;
            /** Format: date-time */
            readAt: string | null;
            externalMessageId: string | null;
            attempts: {
                lineId: string;
                channel: string;
                address: string;
                attachment: string | null;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endedAt: string | null;
                /**
                 * @description `open` while nothing is known.
                 * @enum {string}
                 */
                outcome: "unknown" | "open" | "accepted" | "not-on-channel" | "refused" | "blocked" | "not-to-blame" | "not-started";
                code: string | null;
                words: string | null;
            }[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When anything of it was written last that callers are shown: what readers of changes go by.
             */
            updatedAt: string;
            ghlContactId: string | null;
            ghlLocationId: string | null;
            hsContactId: string | null;
            hsPortalId: string | null;
            _id: string;
            workspaceId: string;
            kind: string;
            message: string | null;
            /** @description On channels with subjects: that of what was sent, or its own while it waits. */
            subject: string | null;
            /** Format: date-time */
            renderedAt: string | null;
            attachmentUrls: string[];
            attachmentNames: (string | null)[];
            /** @description How many parts the provider has: its text is one, and each file (parts.ts). */
            partsSent: number;
            partCount: number;
            messageType: string;
            /** @enum {string} */
            status: "queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback";
            /** @description Of `failed` and `fallback`. */
            code: string | null;
            errorMessage: string | null;
            /**
             * @description Of `cancelled`.
             * @enum {string|null}
             */
            reason: "cancelled" | "opted_out" | "replied" | "lead_deleted" | "archived" | "step_removed" | "previous_step_failed" | "duplicate_recipient" | "answered_before" | "too_late" | null;
            leadId: string | null;
            externalId: string | null;
            campaignId: string | null;
            enrollmentId: string | null;
            stepId: string | null;
            stepIndex: number | null;
            fromLineId: string | null;
            fromLinePhone: string | null;
            fromLineEmail: string | null;
            /** @description Where it went; while it waits, where it is planned to go. */
            recipientPhone: string | null;
            recipientEmail: string | null;
            recipientName: string | null;
            checkedAddresses: string[];
            /** @description Of a direct send: the user of the dashboard who sent it. */
            createdByUserId: string | null;
            sendFallbackSmsOnFailed: boolean;
            /** @description Of a direct send: the channels to try where it cannot go by its own; a campaign has settings. */
            fallback: string[];
            /** Format: date-time */
            scheduledDate: string | null;
            /** @description Of a direct send: a label of the caller's. */
            batchId: string | null;
        };
        NewAccountRequest: {
            channel: string;
            name?: string | null;
            /** @description The physical device behind it, which its lines share; without it, the host of its bridge. */
            deviceId?: string | null;
            /** @description By name, as `GET /channels` lists them; those that are left out stay, and `null` takes one away. */
            settings?: {
                [key: string]: unknown;
            };
            /** @description Write only. By name, as `GET /channels` lists them; those that are left out stay. */
            secrets?: {
                [key: string]: unknown;
            };
            /** @description In place of the pace of its channel, where that has one; `null`: as the channel has it. */
            pace?: components["schemas"]["AccountPaceRequest"] | null;
            /** @description Of all its lines together, beside the pace of each; `null`: as the channel has it. */
            overallPace?: components["schemas"]["OverallPaceRequest"] | null;
        };
        /** @description A new key, with the secret that is shown this once. */
        NewApiKey: {
            key: string;
            warning: string;
            _id: string;
            name: string;
            /** @description The key's last four characters, by which people tell keys apart. */
            ending: string;
            scopes: ("leads:read" | "leads:write" | "campaigns:read" | "campaigns:write" | "campaigns:launch" | "messages:read" | "messages:send" | "lines:read" | "lines:write" | "webhooks:manage" | "suppressions:read" | "suppressions:write" | "settings:manage" | "keys:manage" | "audit:read")[];
            /**
             * Format: date-time
             * @description From this moment on the key is not good any more; `null`: it does not expire.
             */
            expiresAt: string | null;
            /** @description Addresses and networks from which it may be used; empty: from anywhere. */
            allowedIps: string[];
            /** @description Calls in a minute, beside the limit of the workspace; `null`: that one alone. */
            rateLimitPerMinute: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the present one is good as well; `null` before the first rotation.
             */
            previousSecretUntil: string | null;
        };
        NewApiKeyRequest: {
            /** @description What people call the key, 1 to 100 characters. */
            name: string;
            /** @description What the key may do; by default everything that its maker may, but `keys:manage`. */
            scopes?: ("leads:read" | "leads:write" | "campaigns:read" | "campaigns:write" | "campaigns:launch" | "messages:read" | "messages:send" | "lines:read" | "lines:write" | "webhooks:manage" | "suppressions:read" | "suppressions:write" | "settings:manage" | "keys:manage" | "audit:read")[];
            /**
             * @description When the key stops being good, later than now; `null`, the default: never.
             * @example 2024-05-31T09:00:00Z
             */
            expiresAt?: string | null;
            /** @description Addresses and networks from which it may be used, at most 50; empty, the default: from anywhere. */
            allowedIps?: string[];
            /** @description Calls in a minute, 1 to 1,000,000, within those of the workspace; `null`, the default: as many. */
            rateLimitPerMinute?: number | null;
        };
        NewViewRequest: {
            /**
             * @description The table that is looked at.
             * @enum {string}
             */
            table: "leads" | "campaigns" | "messages";
            /** @description What the view is called; 1 to 100 characters. */
            name: string;
            /** @description Whether everybody in the workspace has it; if nothing is said at first, the caller alone. */
            shared?: boolean;
            /** @description The filters by their names, as they stand in the address of the dashboard, such as `{ "q": "acme", "suppressed": "false" }`; at most 20 texts of at most 500 characters. They replace all that there were. */
            filters?: {
                [key: string]: string;
            };
            /** @description The columns that are shown; at most 50, `null` for those that the table shows by itself. */
            columns?: string[] | null;
        };
        NewWebhook: {
            id: string;
            secret: string;
            url: string;
            events: ("message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled")[];
            name: string;
            /** Format: date-time */
            createdAt: string;
            warning: string;
        };
        NewWebhookRequest: {
            /** @description Where the events go: https. */
            url: string;
            name: string;
            description?: string | null;
            events: ("message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled")[];
        };
        /** @description How fast all lines of an account may send together: so many units a second on average, up to `burst` of them at once. */
        OverallPace: {
            /** @description Units a second; more than 0. */
            perSecond: number;
            /** @description Units that may go at once after a rest; 1 or more. */
            burst: number;
        };
        /** @description How fast all lines of an account may send together. */
        OverallPaceRequest: {
            /** @description Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
            perSecond: number;
            /** @description Units that may go at once after a rest. */
            burst: number;
        };
        /** @description How a workspace is doing. `lines` (`lines:read`) has what was sent on the current UTC day; those that cannot send come first. `campaigns` (`campaigns:read`) has the newest running ones. `waiting` (`campaigns:read` and `messages:read`) is of the 20 newest running campaigns and of direct messages. Counts of `inbox` (`messages:read`) end at 1,000. `checklist` (`campaigns:read` and `leads:read`) is `null` once a campaign was launched. */
        Overview: {
            lines: {
                sentToday: number;
                count: number;
                lines: components["schemas"]["OverviewLine"][];
            } | null;
            campaigns: {
                running: number;
                campaigns: {
                    _id: string;
                    name: string;
                    channel: string;
                    /** Format: date-time */
                    launchedAt: string | null;
                    finished: boolean;
                    messageCounts: components["schemas"]["StatusCounts"];
                    replies: number;
                }[];
            } | null;
            waiting: components["schemas"]["Waiting"] | null;
            inbox: components["schemas"]["InboxWork"] | null;
            alerts: components["schemas"]["Alert"][];
            checklist: {
                hasLine: boolean;
                hasLead: boolean;
                draft: {
                    _id: string;
                    name: string;
                } | null;
            } | null;
        };
        OverviewLine: {
            _id: string;
            firstName: string | null;
            lastName: string | null;
            phone: string | null;
            email: string | null;
            channel: string;
            isActive: boolean;
            healthCheck: {
                /** @enum {string} */
                status: "unknown" | "healthy" | "unhealthy";
                /** @description Why it is unhealthy, for people to read. */
                reason: string | null;
                /** Format: date-time */
                unhealthySince: string | null;
            };
            /** @description In the units of the channel: messages, or segments. */
            totalMessagesCount: number;
            dailyTotalMessagesLimit: number | null;
            /** @description By that limit and the ramp of the line. */
            dailyLimitToday: number | null;
            newConversationsCount: number;
            dailyNewConversationsLimit: number | null;
        };
        /** @description How fast a line may send, where its channel counts by time. */
        PaceRequest: {
            /** @description Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
            perSecond: number;
            /** @description Units that may go at once after a rest. */
            burst: number;
            /** @description Messages that are on their way to the provider at the same time. */
            inFlight: number;
        };
        /** @description Where a page of a list stands. */
        PagePagination: {
            page: number;
            limit: number;
            /** @description How many there are in all. */
            totalCount: number;
            /**
             * @description There are more than `totalCount`: counting ended there.
             * @constant
             */
            totalCountIsLowerBound?: true;
            totalPages: number;
        };
        /** @description How to go on in a list. */
        Pagination: components["schemas"]["PagePagination"] | components["schemas"]["CursorPagination"];
        /** @description A step as it would go out on a channel. */
        PreviewContent: {
            channel: string;
            text: string;
            subject: string | null;
            html: string | null;
            /** @description How the text is counted, on channels that count it. */
            segments: {
                count: number;
                encoding: string;
            } | null;
            /** @description Fields that the lead does not have, and in whose place nothing stands. */
            missingFields: string[];
            warnings: components["schemas"]["ContentWarning"][];
        };
        PreviewRequest: {
            leadId: string;
        };
        /** @description What would become of a row. */
        PreviewRow: {
            row: number;
            lead: {
                [key: string]: unknown;
            };
            problem: components["schemas"]["ErrorDetail"] | null;
            warnings: components["schemas"]["PreviewWarning"][];
        };
        PreviewStep: {
            stepId: string;
            /** @description As it goes out on the step's own channel. */
            text: string;
            /**
             * Format: date-time
             * @description The earliest time: its wait over, inside the window. Limits and gaps may make it later.
             */
            plannedAt: string;
            /** @description On the step's own channel, and on those to fall back on, in their order. */
            channels: components["schemas"]["PreviewContent"][];
        };
        PreviewWarning: {
            /** @description What stood there, of what was cut, left out or read in another way. */
            text?: string;
            index?: number;
            field: string;
            /** @description What is wrong, for programs to read, where there is more than one thing that may be. */
            code?: string;
            message: string;
        };
        /** @description The same as problem details (RFC 9457), for callers whose `Accept` names `application/problem+json`. */
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            detail?: string;
            code: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The jobs of one queue in each state. */
        QueueDepth: {
            name: string;
            waiting: number;
            active: number;
            delayed: number;
        };
        /** @description How much a new sender may send in a UTC day: `start` on the first, `perDay` more on each day after it, and no more than `ceiling`, where there is one. In the units of its channel. */
        Ramp: {
            start: number;
            perDay: number;
            ceiling?: number | null;
        };
        /** @description How slowly a new line begins, in sends of a UTC day; in segments on lines that send texts. */
        RampRequest: {
            /** @description On the first day. */
            start: number;
            /** @description More on each day after it. */
            perDay: number;
            /** @description It ends there; `null`: it does not end. */
            ceiling?: number | null;
        };
        /** @description How fast a line may send where its provider counts by time: so many units a second on average, up to `burst` of them at once, in at most `inFlight` calls at the same time. A channel without one has gaps. */
        RatePace: {
            /** @description Calls of a line that are under way at the same time; 1 or more. */
            inFlight: number;
            /** @description Units a second; more than 0. */
            perSecond: number;
            /** @description Units that may go at once after a rest; 1 or more. */
            burst: number;
        };
        /** @description Any values are taken here, so that what is wrong is said in the words of the public API. */
        ReactionRequest: {
            messageId?: unknown;
            reaction?: unknown;
        };
        ReplayRequest: {
            /**
             * @description The first moment of the range; deliveries are found by when their event happened.
             * @example 2024-05-31T09:00:00Z
             */
            from: string;
            /**
             * @description The moment after its end: now by default.
             * @example 2024-05-31T09:00:00Z
             */
            to?: string;
            /** @enum {string} */
            state?: "failed" | "pending" | "delivered";
            /** @enum {string} */
            event?: "message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled";
        };
        /** @description An item of `GET /replies`, as the public API has it, with what the product knows beside it. */
        Reply: {
            messageId: string;
            message: string;
            /** Format: date-time */
            respondedAtUtc: string;
            leadId: string | null;
            /** @description The leads it counts for. */
            leadIds: string[];
            /** @description Of the lead that is shown first. */
            externalId: string | null;
            /** @description Of the lead whose message was answered, else of the first that holds the address. */
            name: string | null;
            campaignId: string | null;
            lineId: string;
            messageType: string;
            /**
             * @description What it says about being written to.
             * @enum {string}
             */
            kind: "review" | "reply" | "help" | "opt_out" | "opt_in";
            /**
             * @description Of kind `review`: what was decided; `null` while nobody has.
             * @enum {string|null}
             */
            reviewedAs: "reply" | "opt_out" | null;
            files: components["schemas"]["ReplyFile"][];
            recipientPhone: string | null;
            recipientEmail: string | null;
            parentMessages: {
                messageId: string;
                /** @description Filled by the attempt that counts. */
                message: string | null;
                /** Format: date-time */
                sentAtUtc: string | null;
                /** @description Of a direct send: a label of the caller's. */
                batchId: string | null;
                stepIndex: number | null;
                campaignId: string | null;
            }[];
            recentReplies: {
                messageId: string;
                message: string;
                /** Format: date-time */
                receivedAtUtc: string;
            }[];
            /**
             * Format: date-time
             * @description When anything of it was written last.
             */
            updatedAt: string;
        };
        /** @description A file that came with a reply; `detail` says why it is not there. `GET /replies/:id/files/:fileId` gives out those that are kept. */
        ReplyFile: {
            _id: string;
            name: string | null;
            /** @description A media type such as `image/jpeg`, in lower case. */
            type: string | null;
            /** @description In bytes. */
            size: number | null;
            /** @enum {string} */
            status: "unavailable" | "waiting" | "kept" | "deleted";
            /** @description Why it is not there, for people. */
            detail: string | null;
        };
        /** @description One UTC day of a campaign. */
        ReportDay: {
            /** @description `YYYY-MM-DD`. */
            date: string;
            /** @description Sent that day, and still held for sent: a message whose provider took it back later is not among them. */
            sent: number;
            delivered: number;
            /** @description Enrollments whose first reply came that day. */
            replies: number;
        };
        ResolveRequest: {
            /** @enum {string} */
            as: "sent" | "not_sent";
        };
        ReviewRequest: {
            /**
             * @description `opt_out`: the person does not want to be written to; `reply`: an ordinary answer.
             * @enum {string}
             */
            as: "reply" | "opt_out";
        };
        RotationRequest: {
            /** @description For how long the earlier secret signs as well, in hours: 24 by default. */
            overlapHours?: number;
        };
        /** @description The body of a check in rotation: phones are asked for before e-mails. */
        RoundRobinRequest: {
            phones?: string[] | null;
            emails?: string[] | null;
        };
        /** @description The body of POST /leads. */
        SaveLeadsRequest: {
            /** @description At most 10,000, where the server is not set otherwise (`BULK_MAX_LEADS`); each has a phone, an e-mail, or the external id of a lead that is known. */
            leads?: components["schemas"]["GivenLead"][] | null;
            /** @description The same as `leads`, for clients that call it so; one of the two. */
            body?: components["schemas"]["GivenLead"][] | null;
            /** @description The list that gets them; a new one is made where none is given. */
            listId?: string | null;
            /**
             * @description Where they come from, of leads that do not say it themselves.
             * @default csv
             */
            source?: string | null;
            /**
             * @description The country of numbers without a country code, as its calling code.
             * @default +1
             */
            defaultCountryCode?: string | null;
            /**
             * @description What becomes of a lead that the list has: it is left as it is, or updated.
             * @default skip
             * @enum {string}
             */
            onDuplicate?: "skip" | "update";
            /**
             * @description What `null` does in an update.
             * @default keep
             * @enum {string}
             */
            onNull?: "keep" | "clear";
            /**
             * @description Whether one invalid lead fails the call, or is left out and named.
             * @default reject
             * @enum {string}
             */
            onInvalid?: "skip" | "reject";
            /** @description The location in GoHighLevel, of leads that do not say it themselves. */
            ghlLocationId?: string | number | null;
        };
        /** @description The answer of POST /leads: the source document's fields always, the others where they apply. */
        SavedLeads: {
            ghlContactId?: string | null;
            ghlLocationId?: string | null;
            hsContactId?: string | null;
            hsPortalId?: string | null;
            duplicateOnly?: boolean;
            existingLeadIds?: string[];
            leadId?: string | null;
            externalId?: string | null;
            /** @description In row order: of the saved or matched lead, `null` for an invalid row. */
            leadIds: (string | null)[];
            duplicates?: ({
                index: number;
                leadId: string;
                /** @enum {string} */
                field: "email" | "phone" | "externalId";
            } | {
                input?: unknown;
                existingLead: components["schemas"]["Lead"] | null;
                index: number;
                leadId: string;
                /** @enum {string} */
                field: "email" | "phone" | "externalId";
            })[];
            warnings?: components["schemas"]["ErrorDetail"][];
            invalidCount?: number;
            invalid?: components["schemas"]["ErrorDetail"][];
            updatedCount?: number;
            message: string;
            savedCount: number;
            duplicateCount: number;
            totalProcessed: number;
            listId: string;
        };
        SendRequest: {
            message?: string | null;
            /** @description Of an e-mail, a template. Without one it goes on with the conversation, or has its text's first line. */
            subject?: string | null;
            /** @description Of an e-mail, the text as HTML; a template whose values are escaped. */
            html?: string | null;
            /** @description What differs on a channel, by its name: `message`, `subject`, `html`. */
            byChannel?: {
                [key: string]: {
                    message?: string | null;
                    subject?: string | null;
                    html?: string | null;
                };
            } | null;
            messageType?: string | null;
            fromLineId?: string | null;
            leadId?: string | null;
            recipientPhone?: string | null;
            recipientEmail?: string | null;
            recipientName?: string | null;
            altPhone1?: string | null;
            altPhone2?: string | null;
            altPhone3?: string | null;
            altEmail1?: string | null;
            altEmail2?: string | null;
            altEmail3?: string | null;
            /** @example 2024-05-31T09:00:00Z */
            scheduledDate?: string | null;
            timezone?: string | null;
            sendWindowStart?: string | null;
            sendWindowEnd?: string | null;
            /** @description 0 = Sunday; names of days are taken too, whole or by three letters. */
            allowedDaysOfWeek?: (number | string)[] | null;
            batchId?: string | null;
            /** @description URLs, at most 2, of 25 MB each. Judged in `attachmentsOf`, in the words of the public API. */
            attachmentUrls?: string[] | null;
            /** @description In the same order; `null` for the name in the URL. */
            attachmentNames?: (string | null)[] | null;
            /** @description The conversation's message in GoHighLevel: kept with the message, and given back. */
            ghlConversationMessageId?: string | null;
            /** @description Go out as an SMS where iMessage fails? */
            sendFallbackSmsOnFailed?: boolean | null;
            /** @description The channels to go on with where it reaches nobody by its own, in this order. */
            fallback?: string[] | null;
            ghlContactId?: string | number | null;
            ghlLocationId?: string | number | null;
            hsContactId?: string | number | null;
            hsPortalId?: string | number | null;
        };
        /** @description The answer to a direct send: the message, and, where no lead was named but one was known, which. */
        SentMessage: {
            leadId: string | null;
            externalId: string | null;
            ghlContactId: string | null;
            ghlLocationId: string | null;
            hsPortalId: string | null;
            hsContactId: string | null;
            duplicateOnly: boolean;
            existingLeadIds: (string | null)[];
            leadIds: (string | null)[];
            duplicateMessage: string;
            success: boolean;
            /** @enum {string} */
            status: "queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback";
            message: components["schemas"]["Message"];
            warnings: components["schemas"]["TemplateWarning"][];
        };
        SettingsRequest: {
            timezone?: string | null;
            sendWindowStart?: string | null;
            sendWindowEnd?: string | null;
            allowedDaysOfWeek?: number[] | null;
            useLeadTimezone?: boolean;
            contactGapSeconds?: number;
            stopOnReply?: boolean;
            /** @enum {string} */
            addresses?: "all" | "primary";
            fallback?: components["schemas"]["FallbackRequest"];
            /** @description The channels to go on with where a step's own reaches nobody, in order. `fallback` is its short form. */
            fallbackChannels?: string[];
            /** @enum {string} */
            afterUnknown?: "hold" | "continue";
        };
        /** @description The answer to an upload whose rows are saved in the background. */
        StartedImport: {
            /** @description Of `GET …/imports/:id`. */
            importId: string;
        };
        StatusCounts: {
            queued: number;
            cancelled: number;
            failed: number;
            scheduled: number;
            sent: number;
            delivered: number;
            fallback: number;
        };
        StepRequest: {
            _id?: string;
            template: string;
            /** @description Of e-mails, a template. Without one, the first has the first line of its text; others go on with it. */
            subject?: string | null;
            /** @description Of e-mails, the text as HTML; a template whose values are escaped. */
            html?: string | null;
            /** @description What differs on a channel, by its name: `template`, `subject`, `html`. */
            byChannel?: {
                [key: string]: {
                    template?: string | null;
                    subject?: string | null;
                    html?: string | null;
                };
            } | null;
            wait: components["schemas"]["WaitRequest"];
            onlyIfNoReply?: boolean | null;
            channel?: string | null;
            /** @description Shown on answers; taken back without complaint. */
            stepIndex?: number;
        };
        StepWarning: {
            /** @description Where it stands, such as `steps.0.template`. */
            field: string;
            /** @enum {string} */
            code: "UNKNOWN_FIELD" | "OTHER_SYNTAX" | "TEXT_IN_BRACES";
            /** @description What stands in the template, as it is written there without its braces. */
            key: string;
            message: string;
            /** @description The name that was probably meant. */
            suggestion: string | null;
        };
        /** @description A suppression as callers see it. */
        Suppression: {
            isErased?: boolean;
            /** @description E.164 or an e-mail address; `null` where a domain stands, or where nobody can tell any more. */
            address: string | null;
            /** @description Every e-mail address of it; `null` where an address stands. */
            domain: string | null;
            /** @enum {string} */
            channel: "email" | "all" | "phone" | "imessage" | "sms";
            /** @enum {string} */
            reason: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
            /** @enum {string} */
            source: "review" | "reply" | "event" | "import" | "api" | "unsubscribe_link";
            /** @description What the person wrote, at most 1,000 characters. */
            text: string | null;
            /** @description The reply that caused it. */
            replyId: string | null;
            /** @description The leads whose message was answered: they are the person, however many share the address. */
            leadIds: string[];
            /** @description Of a derived one: the suppressions that it stands in for, since a lead that had both addresses is gone or was changed. It is lifted with them. */
            via: string[];
            /**
             * Format: date-time
             * @description Of reason `review`: when it becomes an opt-out unless somebody decides before.
             */
            reviewUntil: string | null;
            note: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The key or user that asked for it, or `null` for the product itself. */
            createdBy: string | null;
            /**
             * Format: date-time
             * @description When anything of it was written last.
             */
            updatedAt: string;
            _id: string;
        };
        /** @description Why a lead must not be written to, as it is shown with the lead. */
        SuppressionOfLead: {
            _id: string;
            address: string | null;
            domain: string | null;
            channel: string;
            reason: string;
            /** Format: date-time */
            createdAt: string;
        };
        /** @description What would become of a row. */
        SuppressionPreviewRow: {
            row: number;
            /** @description What was not taken as it stood, and what it was. */
            warnings: {
                index?: number;
                field: string;
                /** @description What is wrong, for programs to read, where there is more than one thing that may be. */
                code?: string;
                message: string;
                text: string;
            }[];
            suppressions: components["schemas"]["ImportedSuppression"][];
            problem: components["schemas"]["ErrorDetail"] | null;
        };
        SuppressionRequest: {
            /** @description A phone number or an e-mail address; exactly one of `address` and `domain`. */
            address?: string;
            /** @description Every e-mail address of the domain, not of its sub-domains. */
            domain?: string;
            /**
             * @description By default `all`.
             * @enum {string}
             */
            channel?: "email" | "all" | "phone" | "imessage" | "sms";
            /**
             * @description By default `manual`.
             * @enum {string}
             */
            reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
            note?: string;
        };
        /** @description How the installation is. `version`, `role`, `startedAt` and `node` are those of the process that answers. `workers` is `null` while Redis, where they give signs of life, does not answer. `queues` has the jobs of all workspaces together: it is `null` unless the installation is a local one, and while Redis is away. */
        System: {
            version: string;
            /** @enum {string} */
            role: "all" | "api" | "worker" | "migrate" | "reseal";
            /** Format: date-time */
            startedAt: string;
            node: string;
            timeZones: {
                /** @description The release of the time-zone database that send windows are computed with. */
                sending: string;
                /** @description That of Node. */
                node: string | null;
                icu: string | null;
            };
            workers: {
                alive: number;
                /** @description How many seconds ago the one that was heard of last gave a sign of life. */
                newestSeconds: number | null;
                /** @description How many seconds ago the one did that has been silent for the longest time. */
                oldestSeconds: number | null;
            } | null;
            mongodb: {
                replicaSet: boolean | null;
                /**
                 * @description `unreachable`: it has not answered in time; the rest is `null` then.
                 * @enum {string}
                 */
                status: "reachable" | "unreachable";
                version: string | null;
                /** @description How long a ping took, in milliseconds. */
                latencyMs: number | null;
                /** @description Is it the one that comes with the product, for a trial? */
                embedded: boolean | null;
            };
            redis: components["schemas"]["SystemStore"];
            queues: components["schemas"]["QueueDepth"][] | null;
        };
        SystemStore: {
            /**
             * @description `unreachable`: it has not answered in time; the rest is `null` then.
             * @enum {string}
             */
            status: "reachable" | "unreachable";
            version: string | null;
            /** @description How long a ping took, in milliseconds. */
            latencyMs: number | null;
            /** @description Is it the one that comes with the product, for a trial? */
            embedded: boolean | null;
        };
        TemplateWarning: {
            /** @enum {string} */
            code: "UNKNOWN_FIELD" | "OTHER_SYNTAX" | "TEXT_IN_BRACES";
            /** @description What stands in the template, as it is written there without its braces. */
            key: string;
            message: string;
            /** @description The name that was probably meant. */
            suggestion: string | null;
        };
        Tombstone: {
            /** @description `null` also where the person was erased. */
            externalId: string | null;
            /** Format: date-time */
            deletedAt: string;
            _id: string;
        };
        TypingRequest: {
            messageId?: unknown;
        };
        /** @description What is said of an id that is no lead of the workspace, beside the results of others. */
        UnknownLead: {
            leadId: string;
            externalId: null;
            /** @constant */
            available: false;
            /** @constant */
            status: "not_found";
        };
        View: {
            _id: string;
            /** @enum {string} */
            table: "leads" | "campaigns" | "messages";
            name: string;
            /** @description Is it everybody's in the workspace, or its owner's alone? */
            shared: boolean;
            mine: boolean;
            /** @description The filters by their names, as they stand in the address of the dashboard. */
            filters: {
                [key: string]: string;
            };
            /** @description The columns that are shown, in their order; `null`: those that a table shows by itself. */
            columns: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ViewRequest: {
            /** @description What the view is called; 1 to 100 characters. */
            name?: string;
            /** @description Whether everybody in the workspace has it; if nothing is said at first, the caller alone. */
            shared?: boolean;
            /** @description The filters by their names, as they stand in the address of the dashboard, such as `{ "q": "acme", "suppressed": "false" }`; at most 20 texts of at most 500 characters. They replace all that there were. */
            filters?: {
                [key: string]: string;
            };
            /** @description The columns that are shown; at most 50, `null` for those that the table shows by itself. */
            columns?: string[] | null;
        };
        Wait: {
            amount: number;
            /** @enum {string} */
            unit: "seconds" | "minutes" | "hours" | "days";
        };
        /** @description What a waiting message waits for. */
        WaitReason: {
            /** @enum {string} */
            reason: "review" | "outcome" | "wait" | "previous_step" | "unknown_before" | "provider_trouble" | "reading_account" | "quiet_hours" | "frequency" | "clock" | "file" | "retry" | "paused" | "read_only" | "no_line" | "window" | "limit" | "gap" | "account_pace" | "turn" | "sending_soon";
            /**
             * Format: date-time
             * @description When that is over, as far as can be told.
             */
            until: string | null;
            /** @description For people. */
            words: string;
            /** @description Of `quiet_hours` and `frequency`: which rule, such as `US-TX Sun 12:00-21:00 America/Chicago` or `3 messages a day`. */
            rule?: string;
        };
        WaitRequest: {
            amount: number;
            /** @enum {string} */
            unit: "seconds" | "minutes" | "hours" | "days";
        };
        /** @description Of the running campaigns that were looked at, and of direct messages. */
        Waiting: {
            /** @description Not due yet: its wait, or the step before, is not over. */
            notDue: number;
            due: number;
            /** @description How many of the due ones were asked: all of them, or a sample. */
            asked: number;
            reasons: components["schemas"]["WaitingFor"][];
        };
        /** @description Why messages wait, with how many of those asked. */
        WaitingFor: {
            count: number;
            /** @enum {string} */
            reason: "review" | "outcome" | "wait" | "previous_step" | "unknown_before" | "provider_trouble" | "reading_account" | "quiet_hours" | "frequency" | "clock" | "file" | "retry" | "paused" | "read_only" | "no_line" | "window" | "limit" | "gap" | "account_pace" | "turn" | "sending_soon";
            /**
             * Format: date-time
             * @description When that is over, as far as can be told.
             */
            until: string | null;
            /** @description For people. */
            words: string;
            /** @description Of `quiet_hours` and `frequency`: which rule, such as `US-TX Sun 12:00-21:00 America/Chicago` or `3 messages a day`. */
            rule?: string;
        };
        Webhook: {
            id: string;
            url: string;
            events: ("message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled")[];
            name: string;
            description: string | null;
            isActive: boolean;
            /** @enum {string|null} */
            disabledReason: "gone" | "failing" | "by_user" | null;
            /** Format: date-time */
            lastTriggeredAt: string | null;
            /** Format: date-time */
            lastSuccessAt: string | null;
            /** Format: date-time */
            lastFailureAt: string | null;
            /** @description Failures since the last success. */
            failureCount: number;
            /** Format: date-time */
            previousSecretExpiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookCheck: {
            error: string;
            details: string;
            success: boolean;
            message: string;
            /** @description `null`: there was no answer. */
            statusCode: number | null;
            /** @description The beginning of the answer's body, at most a KB. */
            response: string | null;
            durationMs: number;
        };
        WebhookRequest: {
            url?: string;
            name?: string;
            description?: string | null;
            /** @description Replaces the list. */
            events?: ("message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled")[];
            isActive?: boolean;
        };
        /** @description When messages may go out. Whatever is missing or null does not restrict. */
        WindowSettings: {
            /** @description Name of a zone of the time-zone database; without one, UTC. */
            timezone?: string | null;
            /** @description More zones, in which it has to be open at the same moment, of somebody whose clock is one of several. Where it never is, they do not count. */
            alsoIn?: string[];
            /** @description `HH:mm`, the first minute that is allowed; without one, 00:00. */
            sendWindowStart?: string | null;
            /** @description `HH:mm`, the first minute that is not allowed any more; without one, 24:00. */
            sendWindowEnd?: string | null;
            /** @description Weekdays, 0 for Sunday to 6 for Saturday, in any order; without them, every day. */
            allowedDaysOfWeek?: number[] | null;
        };
        WorkersView: {
            /** @description How many there are. */
            alive: number;
            /** @description How many seconds ago the one that was heard of last gave a sign of life. */
            newestSeconds: number;
            /** @description How many seconds ago the one did that has been silent for the longest time. */
            oldestSeconds: number;
        };
        Workspace: {
            rateLimitPerMinute: number | null;
            name: string;
            /** @description Why nothing may be written and nothing is sent (such as `past_due`); `null` in normal life. */
            readOnlyReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Whether new leads are checked for iMessage without being asked. */
            autoCheckAvailability: boolean;
            /**
             * @description What an opt-out covers: `channel`, the kind of channel it came by (every phone channel, or e-mail); `all`, everything.
             * @enum {string}
             */
            optOutScope: "channel" | "all";
            /**
             * @description `whole`: a reply is an opt-out when it says nothing else; `contains`: also where the word is among others.
             * @enum {string}
             */
            optOutMatching: "whole" | "contains";
            /** @description Words of the workspace's own that opt out, beside those of the product. */
            optOutWords: string[];
            /** @description Languages of the people written to, as codes, beside those of the countries of the lines. */
            languages: string[];
            /** @description An address that more leads hold than this counts for itself alone: a switchboard, `info@`. */
            sharedAddressLeads: number;
            /** @description When people may be written to on phone channels, by the law of their place or the workspace's own rule. */
            quietHours: components["schemas"]["AllowedTimes"][] | ("off" | "federal" | "local" | "strict");
            /** @description After so many days a reply that may have been an opt-out counts as one, unless somebody has decided. */
            reviewDays: number;
            /** @description At most so many messages a day, on the person's clock, over all campaigns; `null`: any number. */
            maxMessagesPerPersonPerDay: number | null;
            /** @description Hours between a message of one campaign and the first of another to the same address; 0: none. */
            minHoursBetweenCampaigns: number;
            /** @description Whether a campaign in the leads' own time zones takes the zones of a US or Canadian area code, where nothing better is known: of several, the window has to be open in all. */
            guessZoneFromAreaCode: boolean;
            /** @description What HELP is answered with; `null`: nothing. */
            helpText: string | null;
            /** @description The one text that confirms an opt-out; `null`: none. */
            optOutConfirmation: string | null;
            /** @description The sender's postal address, which the law wants in e-mails; `null`: none. */
            postalAddress: string | null;
            _id: string;
        };
        WorkspaceRequest: {
            /** @description Whether new leads are checked for iMessage without being asked. */
            autoCheckAvailability?: boolean;
            /**
             * @description What an opt-out covers: the kind of channel it came by (phone channels, e-mail), or everything.
             * @enum {string}
             */
            optOutScope?: "channel" | "all";
            /**
             * @description Whether a reply opts out only when it says nothing else, or wherever it contains the word.
             * @enum {string}
             */
            optOutMatching?: "whole" | "contains";
            /** @description Words of your own that opt out, beside those of the product; at most 100 of at most 60 characters. */
            optOutWords?: string[];
            /** @description Languages of the people you write to, as codes such as `en` or `fr-CA`; at most 30. */
            languages?: string[];
            /** @description An address that more leads hold than this counts for itself alone; 1 to 1,000, by default 3. */
            sharedAddressLeads?: number;
            /** @description When people may be written to on phone channels, on their own clock: `off`; `federal` (8 to 21), `local` (the hours of their place), `strict` (Monday to Friday, 10 to 17), or a list of allowed times. */
            quietHours?: components["schemas"]["AllowedTimes"][] | ("off" | "federal" | "local" | "strict");
            /** @description Days until a reply under review counts as an opt-out; 1 to 10, by default 5. */
            reviewDays?: number;
            /** @description Messages a day to one address, on the person's clock; 1 to 1,000, `null` for any number. */
            maxMessagesPerPersonPerDay?: number | null;
            /** @description Hours between a message of one campaign and the first of another; 0 to 720, by default 0. */
            minHoursBetweenCampaigns?: number;
            /** @description Whether campaigns in their leads' time zones may take the zones of a US or Canadian area code. */
            guessZoneFromAreaCode?: boolean;
            /** @description What HELP alone is answered with, as it stands; 1 to 1,000 characters, `null` for no answer. */
            helpText?: string | null;
            /** @description The text that confirms an opt-out, as it stands; 1 to 1,000 characters, `null` for none. */
            optOutConfirmation?: string | null;
            /** @description The sender's postal address for e-mails; 1 to 500 characters, `null` for none. */
            postalAddress?: string | null;
        };
    };
    responses: {
        /**
         * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
         *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
         *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
         */
        BadRequest: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `UNAUTHORIZED`: No key or session, or one that is not, or no longer, good. Says no more than that. */
        Unauthorized: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "UNAUTHORIZED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `MISSING_SCOPE`: The key or session may not do this.
         *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
         */
        Forbidden: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `RATE_LIMIT_EXCEEDED`: Too many calls in too short a time. The text is that of the public API. */
        TooMany: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "RATE_LIMIT_EXCEEDED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `INTERNAL`: An unexpected error; `errorId` stands in the log beside the cause. */
        Internal: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "INTERNAL";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
         *     - `STORAGE_FULL`: The store has no room for what would be written.
         *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
         */
        Unavailable: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
         *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
         *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
         *     - `MALFORMED_JSON`: The body is not JSON, or is empty where one is needed.
         *     - `CHANNEL_NOT_CONFIGURED`: A campaign or message on a channel that has no adapter.
         */
        BadRequest2: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE" | "MALFORMED_JSON" | "CHANNEL_NOT_CONFIGURED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `READ_ONLY`: The workspace may read but not write. The error's text is its code, as in the public API. */
        ReadOnly: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "READ_ONLY";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `REQUEST_TIMEOUT`: The request took too long to arrive. */
        TimedOut: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "REQUEST_TIMEOUT";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `BODY_TOO_LARGE`: The body is larger than the endpoint takes; the answer says how much. */
        TooLarge: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BODY_TOO_LARGE";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that the endpoint does not take. */
        UnsupportedType: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "UNSUPPORTED_MEDIA_TYPE";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
         *     - `STORAGE_FULL`: The store has no room for what would be written.
         *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
         *     - `OUTCOME_UNKNOWN`: The store did not say whether a commit happened. Repeating the call settles it.
         */
        Unavailable2: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "OUTCOME_UNKNOWN";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
         *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
         *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
         *     - `MALFORMED_JSON`: The body is not JSON, or is empty where one is needed.
         */
        BadRequest3: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE" | "MALFORMED_JSON";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `ACCOUNT_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "ACCOUNT_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `MISSING_SCOPE`: The key or session may not do this.
         *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
         *     - `ADMIN_SESSION_REQUIRED`: A scope is missing that dashboard sessions of administrators have, and few keys.
         */
        Forbidden2: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED" | "ADMIN_SESSION_REQUIRED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `API_KEY_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound2: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "API_KEY_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running. */
        Conflict: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "IDEMPOTENT_CALL_RUNNING";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `IDEMPOTENCY_KEY_REUSED`: The same Idempotency-Key came with another route or body. */
        Unprocessable: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "IDEMPOTENCY_KEY_REUSED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `CAMPAIGN_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound3: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "CAMPAIGN_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
         *     - `STORAGE_FULL`: The store has no room for what would be written.
         *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
         *     - `CHANGES_NOT_SETTLED`: A large call is still writing; until it ends, a reader of changes would miss what it saves.
         */
        Unavailable3: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "CHANGES_NOT_SETTLED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `CAMPAIGN_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
         *     - `LEAD_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
         */
        NotFound4: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "CAMPAIGN_NOT_FOUND" | "LEAD_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `RATE_LIMIT_EXCEEDED`: Too many calls in too short a time. The text is that of the public API.
         *     - `AVAILABILITY_QUOTA_EXHAUSTED`: Every eligible line has done its checks of the UTC day.
         *     - `DEVICES_BUSY`: No device became free in the time that a direct check waits: for a caller, one more limit of the rate.
         */
        TooMany2: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "RATE_LIMIT_EXCEEDED" | "AVAILABILITY_QUOTA_EXHAUSTED" | "DEVICES_BUSY";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `CONVERSATION_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound5: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "CONVERSATION_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
         *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
         *     - `MALFORMED_JSON`: The body is not JSON, or is empty where one is needed.
         */
        BadRequest4: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "MALFORMED_JSON";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `ENDPOINT_NOT_FOUND`: There is no such endpoint, or the secret in its path is wrong. */
        NotFound6: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "ENDPOINT_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
         *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
         */
        BadRequest5: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "BAD_REQUEST" | "VALIDATION_FAILED";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `LEAD_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
         *     - `LIST_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
         */
        NotFound7: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "LEAD_NOT_FOUND" | "LIST_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `LIST_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound8: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "LIST_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `LEAD_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound9: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "LEAD_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `IMPORT_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound10: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "IMPORT_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `LINE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound11: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "LINE_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `MESSAGE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound12: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "MESSAGE_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description - `WEBHOOK_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
        NotFound13: {
            headers: {
                "x-correlation-id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & ({
                    /** @enum {unknown} */
                    code?: "WEBHOOK_NOT_FOUND";
                } & {
                    [key: string]: unknown;
                });
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Names the call; it also stands in the log. The caller’s own `x-correlation-id`, where there was one. */
        CorrelationId: string;
        /** @description Seconds after which the same call may succeed */
        RetryAfter: number;
        /** @description `true` where this is the answer of an earlier call with the same Idempotency-Key */
        IdempotencyReplayed: "true";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["Account"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccountRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            /** @description - `ACCOUNT_HAS_LINES`: An account that lines are on cannot be deleted: they could not send without it. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "ACCOUNT_HAS_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    checkAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountHealth"];
                };
            };
            /**
             * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
             *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
             *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
             *     - `CHANNEL_NOT_CONFIGURED`: A campaign or message on a channel that has no adapter.
             */
            400: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE" | "CHANNEL_NOT_CONFIGURED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateAccountInboundUrl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInboundRotationRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        inboundUrl: string | null;
                        /** Format: date-time */
                        previousUrlExpiresAt: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apiKeys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden2"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKeyRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            /**
             * @description - `MISSING_SCOPE`: The key or session may not do this.
             *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
             *     - `BEYOND_OWN_LIMITS`: A key would live longer than the key that makes it, or work from elsewhere.
             *     - `ADMIN_SESSION_REQUIRED`: A scope is missing that dashboard sessions of administrators have, and few keys.
             */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED" | "BEYOND_OWN_LIMITS" | "ADMIN_SESSION_REQUIRED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /** @description - `TOO_MANY_API_KEYS`: A workspace's keys are counted, whoever makes them. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "TOO_MANY_API_KEYS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden2"];
            404: components["responses"]["NotFound2"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            /**
             * @description - `MISSING_SCOPE`: The key or session may not do this.
             *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
             *     - `ADMIN_SESSION_REQUIRED`: A scope is missing that dashboard sessions of administrators have, and few keys.
             *     - `BEYOND_OWN_LIMITS`: A key would live longer than the key that makes it, or work from elsewhere.
             */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED" | "ADMIN_SESSION_REQUIRED" | "BEYOND_OWN_LIMITS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound2"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRotationRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            /**
             * @description - `MISSING_SCOPE`: The key or session may not do this.
             *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
             *     - `ADMIN_SESSION_REQUIRED`: A scope is missing that dashboard sessions of administrators have, and few keys.
             *     - `BEYOND_OWN_LIMITS`: A key would live longer than the key that makes it, or work from elsewhere.
             */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED" | "ADMIN_SESSION_REQUIRED" | "BEYOND_OWN_LIMITS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound2"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Such as `campaign.launched`. */
                action?: string;
                /** @description `key:<id>`, `user:<id>`, `operator` or `system`. */
                actor?: string;
                /** @description Acts of this moment or later. */
                since?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                status?: "active" | "archived" | "paused" | "draft";
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaigns: components["schemas"]["ListedCampaign"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCampaignRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings: components["schemas"]["StepWarning"][];
                        steps: {
                            /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                            wait: components["schemas"]["Wait"];
                            /** @description `null`: as the campaign's `stopOnReply`. */
                            onlyIfNoReply: boolean | null;
                            /** @description `null`: the campaign's. */
                            channel: string | null;
                            template: string;
                            /** @description Only for channels with subjects. */
                            subject: string | null;
                            /** @description The text as HTML, for channels that take it. */
                            html: string | null;
                            byChannel: {
                                [key: string]: components["schemas"]["ChannelContent"];
                            };
                            _id: string;
                            stepIndex: number;
                        }[];
                        settings: {
                            fallback: components["schemas"]["FallbackFlags"];
                            timezone: string | null;
                            sendWindowStart: string | null;
                            sendWindowEnd: string | null;
                            /** @description 0 = Sunday; `null`: every day. */
                            allowedDaysOfWeek: number[] | null;
                            useLeadTimezone: boolean;
                            contactGapSeconds: number;
                            stopOnReply: boolean;
                            /** @enum {string} */
                            addresses: "all" | "primary";
                            /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                            fallbackChannels: string[];
                            /**
                             * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                             * @enum {string}
                             */
                            afterUnknown: "hold" | "continue";
                        };
                        workspaceId: string;
                        name: string;
                        listId: string;
                        lineIds: string[];
                        channel: string;
                        /** @enum {string} */
                        status: "active" | "archived" | "paused" | "draft";
                        /** Format: date-time */
                        launchedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `LIST_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `LINE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "LIST_NOT_FOUND" | "LINE_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings: components["schemas"]["StepWarning"][];
                        enrolling?: {
                            /** @enum {string} */
                            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                            /** @description Why it waits or failed, as a sentence for people. */
                            reason: string | null;
                            total: number;
                            enrolled: number;
                            alreadyInCampaign: number;
                            answeredBefore: number;
                            suppressed: number;
                            noAddress: number;
                        };
                        finished: boolean;
                        messageCounts: components["schemas"]["StatusCounts"];
                        replies: number;
                        steps: {
                            /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                            wait: components["schemas"]["Wait"];
                            /** @description `null`: as the campaign's `stopOnReply`. */
                            onlyIfNoReply: boolean | null;
                            /** @description `null`: the campaign's. */
                            channel: string | null;
                            template: string;
                            /** @description Only for channels with subjects. */
                            subject: string | null;
                            /** @description The text as HTML, for channels that take it. */
                            html: string | null;
                            byChannel: {
                                [key: string]: components["schemas"]["ChannelContent"];
                            };
                            _id: string;
                            stepIndex: number;
                        }[];
                        settings: {
                            fallback: components["schemas"]["FallbackFlags"];
                            timezone: string | null;
                            sendWindowStart: string | null;
                            sendWindowEnd: string | null;
                            /** @description 0 = Sunday; `null`: every day. */
                            allowedDaysOfWeek: number[] | null;
                            useLeadTimezone: boolean;
                            contactGapSeconds: number;
                            stopOnReply: boolean;
                            /** @enum {string} */
                            addresses: "all" | "primary";
                            /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                            fallbackChannels: string[];
                            /**
                             * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                             * @enum {string}
                             */
                            afterUnknown: "hold" | "continue";
                        };
                        workspaceId: string;
                        name: string;
                        listId: string;
                        lineIds: string[];
                        channel: string;
                        /** @enum {string} */
                        status: "active" | "archived" | "paused" | "draft";
                        /** Format: date-time */
                        launchedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            408: components["responses"]["TimedOut"];
            /** @description - `CAMPAIGN_HAS_SENT`: What was sent has to stay readable. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "CAMPAIGN_HAS_SENT";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeCampaignRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings: components["schemas"]["StepWarning"][];
                        steps: {
                            /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                            wait: components["schemas"]["Wait"];
                            /** @description `null`: as the campaign's `stopOnReply`. */
                            onlyIfNoReply: boolean | null;
                            /** @description `null`: the campaign's. */
                            channel: string | null;
                            template: string;
                            /** @description Only for channels with subjects. */
                            subject: string | null;
                            /** @description The text as HTML, for channels that take it. */
                            html: string | null;
                            byChannel: {
                                [key: string]: components["schemas"]["ChannelContent"];
                            };
                            _id: string;
                            stepIndex: number;
                        }[];
                        settings: {
                            fallback: components["schemas"]["FallbackFlags"];
                            timezone: string | null;
                            sendWindowStart: string | null;
                            sendWindowEnd: string | null;
                            /** @description 0 = Sunday; `null`: every day. */
                            allowedDaysOfWeek: number[] | null;
                            useLeadTimezone: boolean;
                            contactGapSeconds: number;
                            stopOnReply: boolean;
                            /** @enum {string} */
                            addresses: "all" | "primary";
                            /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                            fallbackChannels: string[];
                            /**
                             * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                             * @enum {string}
                             */
                            afterUnknown: "hold" | "continue";
                        };
                        workspaceId: string;
                        name: string;
                        listId: string;
                        lineIds: string[];
                        channel: string;
                        /** @enum {string} */
                        status: "active" | "archived" | "paused" | "draft";
                        /** Format: date-time */
                        launchedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `CAMPAIGN_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `LIST_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `LINE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "CAMPAIGN_NOT_FOUND" | "LIST_NOT_FOUND" | "LINE_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /**
             * @description - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `CAMPAIGN_CHANGED`: Somebody else changed the campaign in the same moment.
             *     - `EDIT_IN_PROGRESS`: An edit of the steps is still being applied to what waits.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "WRONG_CAMPAIGN_STATUS" | "CAMPAIGN_CHANGED" | "EDIT_IN_PROGRESS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    archiveCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `CAMPAIGN_CHANGED`: Somebody else changed the campaign in the same moment.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS" | "CAMPAIGN_CHANGED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    launchCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LaunchRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings?: components["schemas"]["LaunchWarning"][];
                        enrolling?: {
                            /** @enum {string} */
                            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                            /** @description Why it waits or failed, as a sentence for people. */
                            reason: string | null;
                            total: number;
                            enrolled: number;
                            alreadyInCampaign: number;
                            answeredBefore: number;
                            suppressed: number;
                            noAddress: number;
                        };
                        finished: boolean;
                        messageCounts: components["schemas"]["StatusCounts"];
                        replies: number;
                        steps: {
                            /** @description Counted from the actual send of the step before; of the first step, from enrolling. */
                            wait: components["schemas"]["Wait"];
                            /** @description `null`: as the campaign's `stopOnReply`. */
                            onlyIfNoReply: boolean | null;
                            /** @description `null`: the campaign's. */
                            channel: string | null;
                            template: string;
                            /** @description Only for channels with subjects. */
                            subject: string | null;
                            /** @description The text as HTML, for channels that take it. */
                            html: string | null;
                            byChannel: {
                                [key: string]: components["schemas"]["ChannelContent"];
                            };
                            _id: string;
                            stepIndex: number;
                        }[];
                        settings: {
                            fallback: components["schemas"]["FallbackFlags"];
                            timezone: string | null;
                            sendWindowStart: string | null;
                            sendWindowEnd: string | null;
                            /** @description 0 = Sunday; `null`: every day. */
                            allowedDaysOfWeek: number[] | null;
                            useLeadTimezone: boolean;
                            contactGapSeconds: number;
                            stopOnReply: boolean;
                            /** @enum {string} */
                            addresses: "all" | "primary";
                            /** @description The channels to go on with where the step's own reaches nobody, in this order. */
                            fallbackChannels: string[];
                            /**
                             * @description After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
                             * @enum {string}
                             */
                            afterUnknown: "hold" | "continue";
                        };
                        workspaceId: string;
                        name: string;
                        listId: string;
                        lineIds: string[];
                        channel: string;
                        /** @enum {string} */
                        status: "active" | "archived" | "paused" | "draft";
                        /** Format: date-time */
                        launchedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `CAMPAIGN_NOT_READY`: A campaign needs a step and an active line of its channel before it can be launched.
             *     - `TEMPLATE_UNKNOWN_FIELD`: A placeholder would come out as nothing for every lead of the list.
             *     - `NO_ALLOWED_TIME`: The send window and the workspace's quiet hours have no time in common for anybody.
             *     - `EDIT_IN_PROGRESS`: An edit of the steps is still being applied to what waits.
             *     - `CAMPAIGN_CHANGED`: Somebody else changed the campaign in the same moment.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS" | "CAMPAIGN_NOT_READY" | "TEMPLATE_UNKNOWN_FIELD" | "NO_ALLOWED_TIME" | "EDIT_IN_PROGRESS" | "CAMPAIGN_CHANGED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listEnrollments: {
        parameters: {
            query?: {
                /** @description Any of them: `active,stopped`, or the name again and again. */
                status?: ("completed" | "active" | "stopped")[];
                leadId?: string;
                /** @description Of the lead, in the system that it comes from. */
                externalId?: string;
                /** @description Where the last step was sent from. */
                lineId?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        enrollments: components["schemas"]["Enrollment"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    enrollLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrollRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Why nobody was enrolled although the lead is there.
                         * @enum {string}
                         */
                        skipped: "answered_before" | "suppressed" | "no_address";
                        message: string;
                        success: boolean;
                        leadId: string;
                        /** @description Of the lead, in the system that it comes from. */
                        externalId: string | null;
                        campaignId: string;
                        messageCount: number;
                    } | {
                        message: string;
                        success: boolean;
                        leadId: string;
                        /** @description Of the lead, in the system that it comes from. */
                        externalId: string | null;
                        campaignId: string;
                        messageCount: number;
                    } | components["schemas"]["Enrolled"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound4"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `RECIPIENT_SUPPRESSED`: The recipient of a direct message must not be written to.
             *     - `DUPLICATE_LEAD`: A lead's new phone, e-mail or external id is that of another lead in one of its lists.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS" | "RECIPIENT_SUPPRESSED" | "DUPLICATE_LEAD";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    unenrollLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                leadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        cancelledCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound4"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    pauseCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `CAMPAIGN_CHANGED`: Somebody else changed the campaign in the same moment.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS" | "CAMPAIGN_CHANGED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    previewCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        skipped?: "answered_before" | "suppressed" | "no_address";
                        campaignId: string;
                        leadId: string;
                        /** @description Of the lead, in the system that it comes from. */
                        externalId: string | null;
                        steps: components["schemas"]["PreviewStep"][];
                        warnings: components["schemas"]["StepWarning"][];
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound4"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getCampaignReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound3"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             *     - `CAMPAIGN_NOT_READY`: A campaign needs a step and an active line of its channel before it can be launched.
             *     - `EDIT_IN_PROGRESS`: An edit of the steps is still being applied to what waits.
             *     - `CAMPAIGN_CHANGED`: Somebody else changed the campaign in the same moment.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS" | "CAMPAIGN_NOT_READY" | "EDIT_IN_PROGRESS" | "CAMPAIGN_CHANGED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channels: components["schemas"]["Channel"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkAddressAvailability: {
        parameters: {
            query?: {
                address?: string;
                refresh?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        available: boolean;
                        address: string;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `NO_ACTIVE_LINES`: The workspace has no line that could do it: none is active, healthy and on the channel. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "NO_ACTIVE_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `ADDRESS_NOT_ASKABLE`: The bridge would change the address before asking, and so ask about somebody else. */
            422: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "ADDRESS_NOT_ASKABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany2"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `AVAILABILITY_UNKNOWN`: The bridge could not say whether the address has iMessage.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "AVAILABILITY_UNKNOWN";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkAnyAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoundRobinRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyAvailability"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NO_ACTIVE_LINES`: The workspace has no line that could do it: none is active, healthy and on the channel.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NO_ACTIVE_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            /**
             * @description - `IDEMPOTENCY_KEY_REUSED`: The same Idempotency-Key came with another route or body.
             *     - `ADDRESS_NOT_ASKABLE`: The bridge would change the address before asking, and so ask about somebody else.
             */
            422: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENCY_KEY_REUSED" | "ADDRESS_NOT_ASKABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany2"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `OUTCOME_UNKNOWN`: The store did not say whether a commit happened. Repeating the call settles it.
             *     - `AVAILABILITY_UNKNOWN`: The bridge could not say whether the address has iMessage.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "OUTCOME_UNKNOWN" | "AVAILABILITY_UNKNOWN";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description `true`: those with replies that nobody has read. */
                unread?: boolean;
                /** @description `true`: those in which a reply is under review. */
                needsReview?: boolean;
                /** @description A user of the dashboard; `none`: those that nobody looks after. */
                assignedTo?: string;
                leadId?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversations: components["schemas"]["Conversation"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversation: {
        parameters: {
            query?: {
                /** @description What was written before that time, as `nextBefore` has it. */
                before?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationThread"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound5"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeConversationRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound5"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    answerConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
             *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
             *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
             *     - `MALFORMED_JSON`: The body is not JSON, or is empty where one is needed.
             *     - `CHANNEL_NOT_CONFIGURED`: A campaign or message on a channel that has no adapter.
             *     - `NO_ACTIVE_LINES`: The workspace has no line for a direct send. The public API says 400 here.
             */
            400: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE" | "MALFORMED_JSON" | "CHANNEL_NOT_CONFIGURED" | "NO_ACTIVE_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound5"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `RECIPIENT_SUPPRESSED`: The recipient of a direct message must not be written to.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "RECIPIENT_SUPPRESSED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description `pagination.nextCursor` of the answer before; `now` begins behind all there are; `latest` has the last ones, `limit` at most, of the last 100,000 that happened; without it, at the oldest that is kept. */
                cursor?: string;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Only these, separated by commas, such as `message.sent,message.reply`; all by default. */
                types?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `CURSOR_EXPIRED`: What came behind the cursor is not kept any more, or the cursor is of no event that this feed had. */
            410: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "CURSOR_EXPIRED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Continues there, without a `Last-Event-ID`; empty: at the oldest that is kept. Without both: now. */
                cursor?: string;
                /** @description Only these, separated by commas, such as `message.sent,message.reply`; all by default. */
                types?: string;
            };
            header?: {
                /** @description The `id` of the frame that was read last: the stream continues behind it. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `CURSOR_EXPIRED`: What came behind the cursor is not kept any more, or the cursor is of no event that this feed had. */
            410: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "CURSOR_EXPIRED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `RATE_LIMIT_EXCEEDED`: Too many calls in too short a time. The text is that of the public API.
             *     - `TOO_MANY_STREAMS`:
             */
            429: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "RATE_LIMIT_EXCEEDED" | "TOO_MANY_STREAMS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveClerkEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest4"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound6"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveCallbackByGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                    };
                    "text/xml": string;
                };
            };
            /** @description Done, and there is nothing to say */
            204: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest5"];
            /** @description - `FORGED_CALLBACK`: A call to a provider's URL that the provider did not sign. */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "FORGED_CALLBACK";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound6"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
                "application/x-www-form-urlencoded": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                    };
                    "text/xml": string;
                };
            };
            /** @description Done, and there is nothing to say */
            204: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest4"];
            /** @description - `FORGED_CALLBACK`: A call to a provider's URL that the provider did not sign. */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "FORGED_CALLBACK";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound6"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeads: {
        parameters: {
            query?: {
                id?: string;
                listId?: string;
                externalId?: string;
                availabilityStatus?: "available" | "unavailable" | "error";
                /** @description Of changes: leads that were deleted too; so where nothing is said, unless another filter is given. */
                includeDeleted?: boolean;
                /** @description Leads that a suppression covers, or those that none does. */
                suppressed?: boolean;
                /** @description Words, each the beginning of a word of name, company or e-mail, or a part of a phone (docs/api-reference.md). */
                search?: string;
                /** @description `key:value` of a custom field. */
                customField?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lead: components["schemas"]["Lead"];
                    } | {
                        pagination: components["schemas"]["Pagination"];
                        deleted?: components["schemas"]["Tombstone"][];
                        leads: components["schemas"]["Lead"][];
                    } | {
                        leads: components["schemas"]["Lead"][];
                        lists: components["schemas"]["List"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound7"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    saveLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveLeadsRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedLeads"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedLeads"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `MATCHES_TWO_LEADS`: A row's identities belong to two different leads of the list, so it is unclear which one it updates.
             *     - `DUPLICATE_LEAD`: A lead's new phone, e-mail or external id is that of another lead in one of its lists.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "MATCHES_TWO_LEADS" | "DUPLICATE_LEAD";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    deleteLeads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteLeadsRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeLeads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeLeadsRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedLeads"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    checkLeadAvailability: {
        parameters: {
            query?: {
                id?: string;
                refresh?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leadId: string;
                        /** @description Of the lead, in the system that it comes from. */
                        externalId: string | null;
                        available: boolean;
                        /** @enum {string} */
                        status: "available" | "unavailable" | "error";
                        /** @description Of status `error`. */
                        reason?: string;
                        ghlContactId: string | null;
                        ghlLocationId: string | null;
                        hsContactId: string | null;
                        hsPortalId: string | null;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            /** @description - `NO_ACTIVE_LINES`: The workspace has no line that could do it: none is active, healthy and on the channel. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "NO_ACTIVE_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `ADDRESS_NOT_ASKABLE`: The bridge would change the address before asking, and so ask about somebody else. */
            422: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "ADDRESS_NOT_ASKABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany2"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `AVAILABILITY_UNKNOWN`: The bridge could not say whether the address has iMessage.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "AVAILABILITY_UNKNOWN";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        processingMode: string;
                        /** @description Checks that the lines may do in a UTC day. */
                        perDay: number;
                        /**
                         * Format: date-time
                         * @description When the last one is expected; `null` while no line can be asked.
                         */
                        expectedLastAt: string | null;
                        /**
                         * Format: date-time
                         * @description While it waits: when it goes on; else `null`.
                         */
                        waitingUntil: string | null;
                        success: boolean;
                        message: string;
                        jobId: string;
                        checked: number;
                        total: number;
                    } | components["schemas"]["AvailabilityCheck"] | {
                        available: boolean;
                        address: string;
                        success: boolean;
                    };
                };
            };
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        processingMode: string;
                        /** @description Checks that the lines may do in a UTC day. */
                        perDay: number;
                        /**
                         * Format: date-time
                         * @description When the last one is expected; `null` while no line can be asked.
                         */
                        expectedLastAt: string | null;
                        /**
                         * Format: date-time
                         * @description While it waits: when it goes on; else `null`.
                         */
                        waitingUntil: string | null;
                        success: boolean;
                        message: string;
                        jobId: string;
                        checked: number;
                        total: number;
                    } | components["schemas"]["AvailabilityCheck"] | {
                        available: boolean;
                        address: string;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound7"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NO_ACTIVE_LINES`: The workspace has no line that could do it: none is active, healthy and on the channel.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NO_ACTIVE_LINES";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            /**
             * @description - `IDEMPOTENCY_KEY_REUSED`: The same Idempotency-Key came with another route or body.
             *     - `ADDRESS_NOT_ASKABLE`: The bridge would change the address before asking, and so ask about somebody else.
             */
            422: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENCY_KEY_REUSED" | "ADDRESS_NOT_ASKABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany2"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `OUTCOME_UNKNOWN`: The store did not say whether a commit happened. Repeating the call settles it.
             *     - `AVAILABILITY_UNKNOWN`: The bridge could not say whether the address has iMessage.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "OUTCOME_UNKNOWN" | "AVAILABILITY_UNKNOWN";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAvailabilityJobs: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: components["schemas"]["Batch"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAvailabilityJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `JOB_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "JOB_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelAvailabilityJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityJob"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /** @description - `JOB_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "JOB_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    countLeads: {
        parameters: {
            query?: {
                id?: string;
                listId?: string;
                externalId?: string;
                availabilityStatus?: "available" | "unavailable" | "error";
                /** @description Of changes: leads that were deleted too; so where nothing is said, unless another filter is given. */
                includeDeleted?: boolean;
                /** @description Leads that a suppression covers, or those that none does. */
                suppressed?: boolean;
                /** @description Words, each the beginning of a word of name, company or e-mail, or a part of a phone (docs/api-reference.md). */
                search?: string;
                /** @description `key:value` of a custom field. */
                customField?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadCount"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `ERASURE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "ERASURE_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportLeads: {
        parameters: {
            query?: {
                id?: string;
                listId?: string;
                externalId?: string;
                availabilityStatus?: "available" | "unavailable" | "error";
                /** @description Of changes: leads that were deleted too; so where nothing is said, unless another filter is given. */
                includeDeleted?: boolean;
                /** @description Leads that a suppression covers, or those that none does. */
                suppressed?: boolean;
                /** @description Words, each the beginning of a word of name, company or e-mail, or a part of a phone (docs/api-reference.md). */
                search?: string;
                /** @description `key:value` of a custom field. */
                customField?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imports: {
                            _id: string;
                            importId: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                            fileName: string;
                            enrolled?: number;
                            /** @description Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
                            rows: number;
                            saved: number;
                            updated: number;
                            duplicate: number;
                            invalid: number;
                            listId: string;
                            campaignId: string | null;
                            warnings: number;
                            percent: number;
                            rowsPerSecond: number | null;
                            secondsLeft: number | null;
                            error: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            startedAt: string | null;
                            /** Format: date-time */
                            finishedAt: string | null;
                            checked?: number;
                        }[];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    importLeads: {
        parameters: {
            query?: {
                listId?: string;
                campaignId?: string;
                defaultCountryCode?: string;
                onDuplicate?: "skip" | "update";
                onNull?: "keep" | "clear";
                onInvalid?: "skip" | "reject";
                /** @description JSON: column → where it goes, or null. */
                mapping?: string;
                /** @description Overrides what the bytes of the file show. */
                encoding?: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                /** @description The line of the header, where it is none of the first rows, or another than is found. */
                headerLine?: number;
                /** @description Only say what would become of the file's first rows. */
                dryRun?: boolean;
            };
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    listId?: string;
                    campaignId?: string;
                    defaultCountryCode?: string;
                    /** @enum {string} */
                    onDuplicate?: "skip" | "update";
                    /** @enum {string} */
                    onNull?: "keep" | "clear";
                    /** @enum {string} */
                    onInvalid?: "skip" | "reject";
                    /** @description JSON: column → where it goes, or null. */
                    mapping?: string;
                    /**
                     * @description Overrides what the bytes of the file show.
                     * @enum {string}
                     */
                    encoding?: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                    /** @description The line of the header, where it is none of the first rows, or another than is found. */
                    headerLine?: number;
                    /** @description Only say what would become of the file's first rows. */
                    dryRun?: boolean;
                    /** @description The CSV file */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedImport"] | {
                        /** @constant */
                        dryRun: true;
                        /**
                         * @description What the file came as.
                         * @enum {string}
                         */
                        encoding: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                        delimiter: string;
                        headerLine: number | null;
                        why: {
                            /** @enum {string} */
                            headerLine: "the field headerLine says so" | "it is the first row" | "it is the first row that has a column for phones or e-mails" | "no name of a column is known, and the rows below it hold phones or e-mails" | "the first row holds a phone number or an e-mail address itself, so the file has no header";
                            /** @constant */
                            backslashes?: "quotes in cells have a backslash before them in the first rows";
                            /** @constant */
                            spaces?: "there are spaces around quotes in the first rows";
                            encoding: string;
                            /** @enum {string} */
                            delimiter: "the first line says so" | "it divides the first rows alike" | "no other character divides the rows";
                        };
                        mapping: {
                            [key: string]: string | null;
                        };
                        columns: {
                            column: string;
                            to: string | null;
                            certainty?: number;
                            why?: string;
                            number: number;
                        }[];
                        /** @description About columns. */
                        warnings: {
                            field: string;
                            message: string;
                            text?: string;
                        }[];
                        rows: components["schemas"]["PreviewRow"][];
                    };
                };
            };
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedImport"] | {
                        /** @constant */
                        dryRun: true;
                        /**
                         * @description What the file came as.
                         * @enum {string}
                         */
                        encoding: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                        delimiter: string;
                        headerLine: number | null;
                        why: {
                            /** @enum {string} */
                            headerLine: "the field headerLine says so" | "it is the first row" | "it is the first row that has a column for phones or e-mails" | "no name of a column is known, and the rows below it hold phones or e-mails" | "the first row holds a phone number or an e-mail address itself, so the file has no header";
                            /** @constant */
                            backslashes?: "quotes in cells have a backslash before them in the first rows";
                            /** @constant */
                            spaces?: "there are spaces around quotes in the first rows";
                            encoding: string;
                            /** @enum {string} */
                            delimiter: "the first line says so" | "it divides the first rows alike" | "no other character divides the rows";
                        };
                        mapping: {
                            [key: string]: string | null;
                        };
                        columns: {
                            column: string;
                            to: string | null;
                            certainty?: number;
                            why?: string;
                            number: number;
                        }[];
                        /** @description About columns. */
                        warnings: {
                            field: string;
                            message: string;
                            text?: string;
                        }[];
                        rows: components["schemas"]["PreviewRow"][];
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `LIST_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `CAMPAIGN_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "LIST_NOT_FOUND" | "CAMPAIGN_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WRONG_CAMPAIGN_STATUS`: What was asked does not go with the campaign's status.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WRONG_CAMPAIGN_STATUS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `BODY_TOO_LARGE`: The body is larger than the endpoint takes; the answer says how much.
             *     - `FILE_TOO_LARGE`: The uploaded file is larger than an import may be.
             */
            413: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BODY_TOO_LARGE" | "FILE_TOO_LARGE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            /**
             * @description - `RATE_LIMIT_EXCEEDED`: Too many calls in too short a time. The text is that of the public API.
             *     - `TOO_MANY_IMPORTS`: The workspace's imports that are not over are as many, or as large, as they may be.
             */
            429: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "RATE_LIMIT_EXCEEDED" | "TOO_MANY_IMPORTS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        importId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        fileName: string;
                        enrolled?: number;
                        /** @description Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
                        rows: number;
                        saved: number;
                        updated: number;
                        duplicate: number;
                        invalid: number;
                        listId: string;
                        campaignId: string | null;
                        warnings: number;
                        percent: number;
                        rowsPerSecond: number | null;
                        secondsLeft: number | null;
                        error: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        checked?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        importId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        fileName: string;
                        enrolled?: number;
                        /** @description Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
                        rows: number;
                        saved: number;
                        updated: number;
                        duplicate: number;
                        invalid: number;
                        listId: string;
                        campaignId: string | null;
                        warnings: number;
                        percent: number;
                        rowsPerSecond: number | null;
                        secondsLeft: number | null;
                        error: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        checked?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getDuplicateRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRejectedRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getImportWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        suppressions: components["schemas"]["SuppressionOfLead"][];
                        workspaceId: string;
                        /** @description The list that owns the lead; the lead is a member of it, and maybe of others. */
                        listId: string;
                        listIds: string[];
                        original: {
                            email?: string;
                            phone?: string;
                            altPhone1?: string;
                            altPhone2?: string;
                            altPhone3?: string;
                            altEmail1?: string;
                            altEmail2?: string;
                            altEmail3?: string;
                        };
                        customFields: {
                            [key: string]: unknown;
                        };
                        /** @enum {string|null} */
                        availabilityStatus: "available" | "unavailable" | "error" | null;
                        /** Format: date-time */
                        availabilityCheckedAt: string | null;
                        /** @description The address that has iMessage, as of the last check. */
                        availableAddress: string | null;
                        /** @description Of status `error`: what went wrong, for people to read. */
                        availabilityReason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        email: string | null;
                        phone: string | null;
                        altPhone1: string | null;
                        altPhone2: string | null;
                        altPhone3: string | null;
                        altEmail1: string | null;
                        altEmail2: string | null;
                        altEmail3: string | null;
                        firstName: string | null;
                        lastName: string | null;
                        companyName: string | null;
                        jobTitle: string | null;
                        linkedinUrl: string | null;
                        notes: string | null;
                        source: string | null;
                        externalId: string | null;
                        ghlContactId: string | null;
                        ghlLocationId: string | null;
                        hsContactId: string | null;
                        hsPortalId: string | null;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLead: {
        parameters: {
            query?: {
                /** @description Erases the person wherever something is kept about them; else the lead alone is deleted. Here an empty value does not count as left out: nobody can say what was meant. */
                erase?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobId: string;
                        leadId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        /** @description Why it waits or failed, as a sentence for people. */
                        reason: string | null;
                        stepsDone: number;
                        steps: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        success: boolean;
                    } | {
                        deletedCount: number;
                    };
                };
            };
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobId: string;
                        leadId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        /** @description Why it waits or failed, as a sentence for people. */
                        reason: string | null;
                        stepsDone: number;
                        steps: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        success: boolean;
                    } | {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeLeadRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings?: components["schemas"]["ErrorDetail"][];
                        workspaceId: string;
                        /** @description The list that owns the lead; the lead is a member of it, and maybe of others. */
                        listId: string;
                        listIds: string[];
                        original: {
                            email?: string;
                            phone?: string;
                            altPhone1?: string;
                            altPhone2?: string;
                            altPhone3?: string;
                            altEmail1?: string;
                            altEmail2?: string;
                            altEmail3?: string;
                        };
                        customFields: {
                            [key: string]: unknown;
                        };
                        /** @enum {string|null} */
                        availabilityStatus: "available" | "unavailable" | "error" | null;
                        /** Format: date-time */
                        availabilityCheckedAt: string | null;
                        /** @description The address that has iMessage, as of the last check. */
                        availableAddress: string | null;
                        /** @description Of status `error`: what went wrong, for people to read. */
                        availabilityReason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        email: string | null;
                        phone: string | null;
                        altPhone1: string | null;
                        altPhone2: string | null;
                        altPhone3: string | null;
                        altEmail1: string | null;
                        altEmail2: string | null;
                        altEmail3: string | null;
                        firstName: string | null;
                        lastName: string | null;
                        companyName: string | null;
                        jobTitle: string | null;
                        linkedinUrl: string | null;
                        notes: string | null;
                        source: string | null;
                        externalId: string | null;
                        ghlContactId: string | null;
                        ghlLocationId: string | null;
                        hsContactId: string | null;
                        hsPortalId: string | null;
                        _id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound7"];
            408: components["responses"]["TimedOut"];
            /** @description - `DUPLICATE_LEAD`: A lead's new phone, e-mail or external id is that of another lead in one of its lists. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "DUPLICATE_LEAD";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    exportPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadMessages: {
        parameters: {
            query?: {
                /** @description Any of them: `sent,delivered`, or the name again and again. */
                status?: ("queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback")[];
                campaignId?: string;
                /** @description Where a message was sent from, or is to be. */
                lineId?: string;
                /** @description As it was given with direct sends. */
                batchId?: string;
                /** @description Why a message failed, such as `OUTCOME_UNKNOWN`. */
                code?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["Message"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    listLines: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["Line"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createLine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LineRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listLinesWithUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: {
                            usage: {
                                date: string;
                                newConversationsCount: number;
                                /** @description In the units of the channel: messages, or segments. */
                                totalMessagesCount: number;
                            };
                            ramp: components["schemas"]["Ramp"] | null;
                            /** @description All sends of the current UTC day, by limit and ramp; `null`: no limit. */
                            dailyLimitToday: number | null;
                            accountId: string | null;
                            hasBridgePassword: boolean;
                            inboundUrl: string | null;
                            provisioningStatus: string;
                            lineType: string;
                            healthCheck: {
                                /** @enum {string} */
                                status: "unknown" | "healthy" | "unhealthy";
                                /** Format: date-time */
                                lastCheckedAt: string | null;
                                /** @description Why it is unhealthy, for people to read. */
                                reason: string | null;
                                /** Format: date-time */
                                unhealthySince: string | null;
                            };
                            reading: components["schemas"]["LineReading"] | null;
                            workspaceId: string;
                            firstName: string | null;
                            lastName: string | null;
                            phone: string | null;
                            email: string | null;
                            channel: string;
                            /** @description The physical device behind the line. Lines of one device share its gap. */
                            deviceId: string;
                            bridgeUrl: string | null;
                            /**
                             * Format: date-time
                             * @description The day, of UTC, on which the ramp began; `null` without one.
                             */
                            rampSince: string | null;
                            /** @description In place of its channel's; `null`: as its channel has it. */
                            pace: components["schemas"]["RatePace"] | null;
                            isActive: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            dailyNewConversationsLimit: number | null;
                            /** @description E-mail lines have none. */
                            hourlyNewConversationsLimit: number | null;
                            dailyTotalMessagesLimit: number | null;
                            _id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkLine: {
        parameters: {
            query: {
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineHealth"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound11"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound11"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound11"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LineRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            400: components["responses"]["BadRequest2"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `LINE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `ACCOUNT_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "LINE_NOT_FOUND" | "ACCOUNT_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    rotateInboundUrl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboundRotationRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        inboundUrl: string | null;
                        /** Format: date-time */
                        previousUrlExpiresAt: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound11"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listLists: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lists: components["schemas"]["List"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createList: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateListRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `TOO_MANY_LISTS`: A workspace's lists are counted, whoever makes them.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "TOO_MANY_LISTS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteList: {
        parameters: {
            query?: {
                deleteLeads?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                        leadCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `LIST_HAS_LEADS`: The list still owns leads.
             *     - `LIST_IN_USE`: A campaign that is not archived works on the list.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "LIST_HAS_LEADS" | "LIST_IN_USE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeListRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                externalId?: string;
                availabilityStatus?: "available" | "unavailable" | "error";
                /** @description Of changes: leads that were deleted too; so where nothing is said, unless another filter is given. */
                includeDeleted?: boolean;
                /** @description Leads that a suppression covers, or those that none does. */
                suppressed?: boolean;
                /** @description Words, each the beginning of a word of name, company or e-mail, or a part of a phone (docs/api-reference.md). */
                search?: string;
                /** @description `key:value` of a custom field. */
                customField?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pagination: components["schemas"]["Pagination"];
                        deleted?: components["schemas"]["Tombstone"][];
                        leads: components["schemas"]["Lead"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound8"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                leadId?: string;
                /** @description Of the lead, in the system that it comes from. */
                externalId?: string;
                /** @description Any of them: `sent,delivered`, or the name again and again. */
                status?: ("queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback")[];
                campaignId?: string;
                /** @description Where a message was sent from, or is to be. */
                lineId?: string;
                /** @description As it was given with direct sends. */
                batchId?: string;
                /** @description Why a message failed, such as `OUTCOME_UNKNOWN`. */
                code?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["Message"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        /** @enum {string} */
                        status: "queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback";
                        message: components["schemas"]["Message"];
                        warnings: components["schemas"]["TemplateWarning"][];
                    } | components["schemas"]["SentMessage"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        /** @enum {string} */
                        status: "queued" | "cancelled" | "failed" | "scheduled" | "pending" | "sending" | "sent" | "delivered" | "fallback";
                        message: components["schemas"]["Message"];
                        warnings: components["schemas"]["TemplateWarning"][];
                    } | components["schemas"]["SentMessage"];
                };
            };
            /**
             * @description - `BAD_REQUEST`: The request could not be understood, such as a broken URL.
             *     - `VALIDATION_FAILED`: A request whose shape or values are wrong.
             *     - `NO_ACTIVE_WORKSPACE`: The session's user has not chosen a workspace.
             *     - `MALFORMED_JSON`: The body is not JSON, or is empty where one is needed.
             *     - `CHANNEL_NOT_CONFIGURED`: A campaign or message on a channel that has no adapter.
             *     - `NO_ACTIVE_LINES`: The workspace has no line for a direct send. The public API says 400 here.
             *     - `FALLBACK_NOT_CONFIGURED`: A direct send is to go out as an SMS where it cannot by iMessage, and no line can send one.
             */
            400: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BAD_REQUEST" | "VALIDATION_FAILED" | "NO_ACTIVE_WORKSPACE" | "MALFORMED_JSON" | "CHANNEL_NOT_CONFIGURED" | "NO_ACTIVE_LINES" | "FALLBACK_NOT_CONFIGURED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `LEAD_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `LINE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "LEAD_NOT_FOUND" | "LINE_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `RECIPIENT_SUPPRESSED`: The recipient of a direct message must not be written to.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "RECIPIENT_SUPPRESSED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    cancelForLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelForLeadRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leadId: string | null;
                        /** @description Of the lead, in the system that it comes from. */
                        externalId: string | null;
                        messageIds: string[];
                        success: boolean;
                        cancelledCount: number;
                        jobsRemovedFromQueue: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    react: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactionRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        reaction?: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            /** @description - `BRIDGE_FAILED`: The bridge did not make it. */
            502: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BRIDGE_FAILED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: components["responses"]["Unavailable2"];
        };
    };
    startTyping: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypingRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        typing: boolean;
                        note: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            /** @description - `BRIDGE_FAILED`: The bridge did not make it. */
            502: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BRIDGE_FAILED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: components["responses"]["Unavailable2"];
        };
    };
    stopTyping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypingRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        typing: boolean;
                        note: string;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NOT_CANCELLABLE`: A message that has been handed over, or is over, cannot be cancelled.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NOT_CANCELLABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    resolveMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NOT_RESOLVABLE`: Only a message of unknown outcome can be said to have been sent, or not.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NOT_RESOLVABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    retryMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound12"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NOT_RETRYABLE`: Only failed messages, and those in fallback, are tried again.
             *     - `RECIPIENT_SUPPRESSED`: The recipient of a direct message must not be written to.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NOT_RETRYABLE" | "RECIPIENT_SUPPRESSED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest5"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReplies: {
        parameters: {
            query?: {
                leadId?: string;
                /** @description Of the lead, in the system that it comes from. */
                externalId?: string;
                campaignId?: string;
                /** @description Where the reply came in. */
                lineId?: string;
                /** @description The message that was answered. */
                messageId?: string;
                recipientEmail?: string;
                recipientPhone?: string;
                /** @description What the reply says about being written to. */
                kind?: "review" | "reply" | "help" | "opt_out" | "opt_in";
                /** @description `true`: replies under review on which nobody has decided. */
                needsReview?: boolean;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replies: components["schemas"]["Reply"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound9"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    getReplyFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `REPLY_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `FILE_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "REPLY_NOT_FOUND" | "FILE_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    reviewReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reply"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /** @description - `REPLY_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "REPLY_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `NOT_UNDER_REVIEW`: Only a reply of kind `review` is decided on, and once.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "NOT_UNDER_REVIEW";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listSuppressions: {
        parameters: {
            query?: {
                /** @description Of changes: those that were lifted too; so where nothing is said. */
                includeDeleted?: boolean;
                address?: string;
                channel?: "email" | "all" | "phone" | "imessage" | "sms";
                reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                source?: "review" | "reply" | "event" | "import" | "api" | "unsubscribe_link";
                createdSince?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pagination: components["schemas"]["Pagination"];
                        deleted?: components["schemas"]["Lifted"][];
                        suppressions: components["schemas"]["Suppression"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable3"];
        };
    };
    addSuppressions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddSuppressionsRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedSuppressions"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedSuppressions"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    exportSuppressions: {
        parameters: {
            query?: {
                /** @description Of changes: those that were lifted too; so where nothing is said. */
                includeDeleted?: boolean;
                address?: string;
                channel?: "email" | "all" | "phone" | "imessage" | "sms";
                reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                source?: "review" | "reply" | "event" | "import" | "api" | "unsubscribe_link";
                createdSince?: string;
                /** @description What changed then or later; with `cursor`, in the order of the last change. */
                updatedSince?: string;
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    importSuppressions: {
        parameters: {
            query?: {
                /** @description Of rows that name none; by default `all`. */
                channel?: "email" | "all" | "phone" | "imessage" | "sms";
                /** @description Of rows that name none; by default `manual`. */
                reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                defaultCountryCode?: string;
                /** @description JSON: column → where it goes, or null. */
                mapping?: string;
                /** @description Overrides what the bytes of the file show. */
                encoding?: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                /** @description The line of the header, where it is none of the first rows, or another than is found. */
                headerLine?: number;
                /** @description Only say what would become of the file's first rows. */
                dryRun?: boolean;
            };
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * @description Of rows that name none; by default `all`.
                     * @enum {string}
                     */
                    channel?: "email" | "all" | "phone" | "imessage" | "sms";
                    /**
                     * @description Of rows that name none; by default `manual`.
                     * @enum {string}
                     */
                    reason?: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                    defaultCountryCode?: string;
                    /** @description JSON: column → where it goes, or null. */
                    mapping?: string;
                    /**
                     * @description Overrides what the bytes of the file show.
                     * @enum {string}
                     */
                    encoding?: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                    /** @description The line of the header, where it is none of the first rows, or another than is found. */
                    headerLine?: number;
                    /** @description Only say what would become of the file's first rows. */
                    dryRun?: boolean;
                    /** @description The CSV file */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        dryRun: true;
                        /**
                         * @description What the file came as.
                         * @enum {string}
                         */
                        encoding: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                        delimiter: string;
                        headerLine: number | null;
                        why: {
                            /** @enum {string} */
                            headerLine: "the field headerLine says so" | "it is the first row" | "it is the first row that has a column for phones or e-mails" | "no name of a column is known, and the rows below it hold phones or e-mails" | "the first row holds a phone number or an e-mail address itself, so the file has no header";
                            /** @constant */
                            backslashes?: "quotes in cells have a backslash before them in the first rows";
                            /** @constant */
                            spaces?: "there are spaces around quotes in the first rows";
                            encoding: string;
                            /** @enum {string} */
                            delimiter: "the first line says so" | "it divides the first rows alike" | "no other character divides the rows";
                        };
                        mapping: {
                            [key: string]: string | null;
                        };
                        columns: {
                            column: string;
                            to: string | null;
                            certainty?: number;
                            why?: string;
                            number: number;
                        }[];
                        /** @description About columns. */
                        warnings: {
                            field: string;
                            message: string;
                            text?: string;
                        }[];
                        rows: components["schemas"]["SuppressionPreviewRow"][];
                    } | components["schemas"]["StartedImport"];
                };
            };
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        dryRun: true;
                        /**
                         * @description What the file came as.
                         * @enum {string}
                         */
                        encoding: "utf-8" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "windows-1257" | "windows-1258" | "windows-874" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-7" | "iso-8859-10" | "iso-8859-13" | "iso-8859-14" | "iso-8859-15" | "koi8-r" | "koi8-u" | "macintosh" | "x-mac-cyrillic" | "ibm866" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "gbk" | "gb18030" | "big5" | "euc-kr";
                        delimiter: string;
                        headerLine: number | null;
                        why: {
                            /** @enum {string} */
                            headerLine: "the field headerLine says so" | "it is the first row" | "it is the first row that has a column for phones or e-mails" | "no name of a column is known, and the rows below it hold phones or e-mails" | "the first row holds a phone number or an e-mail address itself, so the file has no header";
                            /** @constant */
                            backslashes?: "quotes in cells have a backslash before them in the first rows";
                            /** @constant */
                            spaces?: "there are spaces around quotes in the first rows";
                            encoding: string;
                            /** @enum {string} */
                            delimiter: "the first line says so" | "it divides the first rows alike" | "no other character divides the rows";
                        };
                        mapping: {
                            [key: string]: string | null;
                        };
                        columns: {
                            column: string;
                            to: string | null;
                            certainty?: number;
                            why?: string;
                            number: number;
                        }[];
                        /** @description About columns. */
                        warnings: {
                            field: string;
                            message: string;
                            text?: string;
                        }[];
                        rows: components["schemas"]["SuppressionPreviewRow"][];
                    } | components["schemas"]["StartedImport"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            /**
             * @description - `BODY_TOO_LARGE`: The body is larger than the endpoint takes; the answer says how much.
             *     - `FILE_TOO_LARGE`: The uploaded file is larger than an import may be.
             */
            413: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "BODY_TOO_LARGE" | "FILE_TOO_LARGE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            /**
             * @description - `RATE_LIMIT_EXCEEDED`: Too many calls in too short a time. The text is that of the public API.
             *     - `TOO_MANY_IMPORTS`: The workspace's imports that are not over are as many, or as large, as they may be.
             */
            429: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "RATE_LIMIT_EXCEEDED" | "TOO_MANY_IMPORTS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getSuppressionImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        importId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        fileName: string;
                        /** @enum {string} */
                        channel: "email" | "all" | "phone" | "imessage" | "sms";
                        /** @enum {string} */
                        reason: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                        /** @description Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
                        rows: number;
                        saved: number;
                        existing: number;
                        invalid: number;
                        warnings: number;
                        percent: number;
                        rowsPerSecond: number | null;
                        secondsLeft: number | null;
                        error: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        checked?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelSuppressionImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        _id: string;
                        importId: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "waiting_for_quota" | "completed" | "cancelled" | "failed";
                        fileName: string;
                        /** @enum {string} */
                        channel: "email" | "all" | "phone" | "imessage" | "sms";
                        /** @enum {string} */
                        reason: "invalid" | "opted_out" | "unsubscribed" | "complained" | "bounced" | "manual" | "provider" | "review";
                        /** @description Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
                        rows: number;
                        saved: number;
                        existing: number;
                        invalid: number;
                        warnings: number;
                        percent: number;
                        rowsPerSecond: number | null;
                        secondsLeft: number | null;
                        error: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        startedAt: string | null;
                        /** Format: date-time */
                        finishedAt: string | null;
                        checked?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getRejectedSuppressionRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSuppressionImportWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound10"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSuppression: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suppression"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description - `SUPPRESSION_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "SUPPRESSION_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    liftSuppression: {
        parameters: {
            query?: {
                /** @description `person-asked`: the person asked to be written to again. */
                confirm?: "person-asked";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /** @description - `SUPPRESSION_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "SUPPRESSION_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /** @description - `CONFIRMATION_NEEDED`: A person's own wish is lifted only by somebody who says that the person asked for it. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "CONFIRMATION_NEEDED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden2"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listViews: {
        parameters: {
            query?: {
                table?: "leads" | "campaigns" | "messages";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        views: components["schemas"]["View"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createView: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewViewRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `TOO_MANY_VIEWS`: Views are few enough for a menu.
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "TOO_MANY_VIEWS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /** @description - `VIEW_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "VIEW_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            /**
             * @description - `MISSING_SCOPE`: The key or session may not do this.
             *     - `ADDRESS_NOT_ALLOWED`: The key is good, but not from where it is used.
             *     - `NOT_THE_OWNER`: Making a shared view private would take it away from whoever saved it.
             */
            403: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "MISSING_SCOPE" | "ADDRESS_NOT_ALLOWED" | "NOT_THE_OWNER";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `VIEW_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another. */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "VIEW_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /** @description - `TOO_MANY_VIEWS`: Views are few enough for a menu. */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "TOO_MANY_VIEWS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: components["schemas"]["Webhook"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            /** @description - `TOO_MANY_WEBHOOKS`: */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "TOO_MANY_WEBHOOKS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deletedCount: number;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                state?: "failed" | "pending" | "delivered";
                event?: "message.sent" | "message.failed" | "message.fallback" | "message.reply" | "message.opened" | "message.delivered" | "message.cancelled" | "reply.needs_review" | "contact.opted_out" | "contact.opted_in" | "lead.created" | "lead.updated" | "lead.deleted" | "line.health_changed" | "campaign.finished" | "import.finished" | "availability.finished" | "webhook.disabled";
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["Delivery"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            /**
             * @description - `WEBHOOK_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             *     - `DELIVERY_NOT_FOUND`: It does not exist in this workspace, whether or not it does in another.
             */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "WEBHOOK_NOT_FOUND" | "DELIVERY_NOT_FOUND";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WEBHOOK_INACTIVE`:
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WEBHOOK_INACTIVE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    checkWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        message: string;
                        /** @description `null`: there was no answer. */
                        statusCode: number | null;
                        /** @description The beginning of the answer's body, at most a KB. */
                        response: string | null;
                        durationMs: number;
                    } | components["schemas"]["WebhookCheck"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    replayDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered the same again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description Accepted: it goes on in the background */
            202: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayedCount: number;
                        isCut: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            408: components["responses"]["TimedOut"];
            /**
             * @description - `IDEMPOTENT_CALL_RUNNING`: A call with the same Idempotency-Key is still running.
             *     - `WEBHOOK_INACTIVE`:
             */
            409: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "IDEMPOTENT_CALL_RUNNING" | "WEBHOOK_INACTIVE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotationRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        secret: string;
                        /** Format: date-time */
                        previousSecretExpiresAt: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound13"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest3"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["ReadOnly"];
            403: components["responses"]["Forbidden2"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable2"];
        };
    };
    listWorkspaceMembers: {
        parameters: {
            query?: {
                page?: number;
                /** @description More than the most is the most. */
                limit?: number;
                /** @description Empty for the first page; then `pagination.nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: components["schemas"]["Member"][];
                        managedAt: string | null;
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden2"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            /** @description - `MEMBERS_UNAVAILABLE`: Clerk did not say who the members are. */
            502: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "MEMBERS_UNAVAILABLE";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `MEMBERS_NOT_CONFIGURED`: Members are at Clerk, and nothing was said of how to ask there.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "MEMBERS_NOT_CONFIGURED";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest5"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkReady: {
        parameters: {
            query?: {
                /** @description Looks closer. */
                deep?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest5"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkersView"];
                };
            };
            400: components["responses"]["BadRequest5"];
            500: components["responses"]["Internal"];
            /**
             * @description - `STORE_UNAVAILABLE`: A store that the request needs is away.
             *     - `STORAGE_FULL`: The store has no room for what would be written.
             *     - `SHUTTING_DOWN`: Another process, or this one's successor, takes the request.
             *     - `NO_WORKERS`: No worker has given a sign of life lately, or Redis, where they give it, does not answer.
             */
            503: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & ({
                        /** @enum {unknown} */
                        code?: "STORE_UNAVAILABLE" | "STORAGE_FULL" | "SHUTTING_DOWN" | "NO_WORKERS";
                    } & {
                        [key: string]: unknown;
                    });
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showUnsubscribePage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest5"];
            /** @description The answer */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest4"];
            /** @description The answer */
            404: {
                headers: {
                    "x-correlation-id": components["headers"]["CorrelationId"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
