-- What an administrator does with dead letters. Each call takes a portion that keeps Redis busy for a few milliseconds:
-- at most 100 letters to change or 500 to read, and no more once a megabyte of them has passed.
--
-- A letter is named by its member and by when it was buried: a job that was replayed and died again has the old name, and
-- is not what the caller looked at.

do
    local LETTERS_A_CALL, LETTERS_A_PAGE, BYTES_A_CALL = 100, 500, 1048576
    -- Ids of replays that a job remembers. More than that do not work on one letter at once.
    local REPLAYS_KNOWN = 10
    -- Replays that are remembered of a queue.
    local REPLAYS_KEPT = 100
    -- Whoever claimed a job has by then begun it, or set it aside because its type is paused or a limit is reached.
    local BEGUN_AFTER_MS = 1000
    local MOST_CLAIMED = 200

    local function holds_letters(stream)
        return may_hold(stream, 'stream') and may_hold(stream .. ':dead', 'zset')
            and may_hold(stream .. ':dead:jobs', 'hash')
    end

    -- The job that a letter holds; nil when there is no such letter any more.
    local function read_letter(stream, member, buried)
        local score = redis.call('ZSCORE', stream .. ':dead', member)
        if not score or tonumber(score) ~= tonumber(buried) then return nil end
        local packed = redis.call('HGET', stream .. ':dead:jobs', member)
        if packed then return unpack_job(packed, member), #packed end
        redis.call('ZREM', stream .. ':dead', member)
    end

    -- Calls `change` for each letter named in args[first...], until a megabyte has passed or it says stop. Answers how
    -- many were seen to, and of how many `change` said true.
    local function each_letter(stream, args, first, change)
        local bytes, handled, changed = 0, 0, 0
        for at = first, #args - 1, 2 do
            if handled >= LETTERS_A_CALL or bytes > BYTES_A_CALL then break end
            local job, size = read_letter(stream, args[at], args[at + 1])
            local verdict = job and change(job, args[at], tonumber(args[at + 1]))
            if verdict == 'stop' then break end
            bytes, handled = bytes + (size or 0), handled + 1
            if verdict then changed = changed + 1 end
        end
        return handled, changed
    end

    -- Reading

    -- Whether Redis has one member before the other where both have the same score: by their bytes, not by a language.
    local function is_before(member, other)
        for at = 1, math.min(#member, #other) do
            local byte, another = string.byte(member, at), string.byte(other, at)
            if byte ~= another then return byte < another end
        end
        return #member < #other
    end

    -- How many are before a place, be it still taken or not.
    local function rank_of(key, score, member)
        local low, high = redis.call('ZCOUNT', key, '-inf', '(' .. score), redis.call('ZCOUNT', key, '-inf', score)
        while low < high do
            local middle = math.floor((low + high) / 2)
            if is_before(redis.call('ZRANGE', key, middle, middle)[1], member) then
                low = middle + 1
            else
                high = middle
            end
        end
        return low
    end

    -- The first rank behind a place, in the direction of reading.
    local function next_rank(key, is_backward, score, member)
        local rank = rank_of(key, score, member)
        if is_backward then return rank - 1 end
        return redis.call('ZRANGE', key, rank, rank)[1] == member and rank + 1 or rank
    end

    local function first_rank(key, is_backward, least, most)
        if is_backward then return redis.call('ZCOUNT', key, '-inf', most) - 1 end
        return redis.call('ZCOUNT', key, '-inf', '(' .. least)
    end

    -- cw_dead_page KEYS stream ARGV group backward least most count [buried member]
    -- Reads letters of a group ('' for all), oldest first, or latest first when `backward` is 1, buried from `least` to
    -- `most` (ms since 1970, or -inf and +inf), behind the one that was read last, which need not be there any more.
    -- Answers the letters, {member, buried, packed fields} each, and 1 when there may be more.
    redis.register_function{
        function_name = 'cw_dead_page',
        callback = function(keys, args)
            local stream, group, is_backward, least, most = keys[1], args[1], args[2] == '1', args[3], args[4]
            local key = group == '' and stream .. ':dead' or stream .. ':dead:group:' .. group
            local count = math.min(tonumber(args[5]), LETTERS_A_PAGE)
            local rank = args[7] and next_rank(key, is_backward, args[6], args[7])
                or first_rank(key, is_backward, least, most)
            if rank < 0 then return {{}, 0} end
            local first, last = rank, rank + count - 1
            if is_backward then
                local all = redis.call('ZCARD', key)
                first, last = all - 1 - rank, all - rank + count - 2
            end
            local found = redis.call('ZRANGE', key, first, last, unpack(
                is_backward and {'REV', 'WITHSCORES'} or {'WITHSCORES'}))
            local letters, bytes, lowest, highest = {}, 0, tonumber(least), tonumber(most)
            for at = 1, #found, 2 do
                local score = tonumber(found[at + 1])
                if (lowest and score < lowest) or (highest and score > highest) then return {letters, 0} end
                local packed = redis.call('HGET', stream .. ':dead:jobs', found[at])
                letters[#letters + 1] = {found[at], found[at + 1], packed}
                bytes = bytes + (packed and #packed or 0)
                if bytes > BYTES_A_CALL then return {letters, 1} end
            end
            return {letters, #letters == count and 1 or 0}
        end,
        flags = {'no-writes'},
    }

    -- Changing

    local function delete_letter(stream)
        return function(job, member)
            remove_letter(stream, member, job.group)
            job_deleted(stream, job)
            return true
        end
    end

    -- cw_dead_delete KEYS stream ARGV [member buried]...
    -- Answers how many were seen to, from the first, and how many of those there were.
    redis.register_function{
        function_name = 'cw_dead_delete',
        callback = function(keys, args)
            local stream = keys[1]
            if not holds_letters(stream) then return refuse_queue(stream) end
            local handled, deleted = each_letter(stream, args, 1, delete_letter(stream))
            if deleted > 0 then count(stream, 'deleted', deleted) end
            return {handled, deleted}
        end,
        flags = {'allow-oom'},
    }

    -- cw_dead_expire KEYS stream ARGV keep_ms
    -- Deletes letters that were buried longer ago, a portion of them. Answers how many.
    redis.register_function{
        function_name = 'cw_dead_expire',
        callback = function(keys, args)
            local stream, keep = keys[1], whole(args[1], MOST_MS)
            if not keep or keep < 1 then return refuse('bad keep_ms') end
            if not holds_letters(stream) then return refuse_queue(stream) end
            local old = redis.call(
                'ZRANGE', stream .. ':dead', '-inf', '(' .. now_ms() - keep, 'BYSCORE', 'LIMIT', 0, LETTERS_A_CALL,
                'WITHSCORES')
            local _, deleted = each_letter(stream, old, 1, delete_letter(stream))
            if deleted > 0 then count(stream, 'deleted', deleted) end
            return deleted
        end,
        flags = {'allow-oom'},
    }

    -- cw_dead_edit KEYS stream ARGV member buried expected args who
    -- Gives a letter another payload, if it still has the expected one. Answers 1; 0 when there is no such letter; -1 when
    -- its payload is another by now.
    redis.register_function{
        function_name = 'cw_dead_edit',
        callback = function(keys, args)
            local stream, member, expected, new, who = keys[1], args[1], args[3], args[4], args[5]
            if not holds_letters(stream) then return refuse_queue(stream) end
            local job = read_letter(stream, member, args[2])
            if not job then return 0 end
            if (job.args or '') ~= expected then return -1 end
            job.original = job.original or expected
            job.args, job.edited, job.edited_by = new, tostring(now_ms()), who
            redis.call('HSET', stream .. ':dead:jobs', member, cmsgpack.pack(flatten(job)))
            return 1
        end,
    }

    -- cw_dead_import KEYS stream ARGV [member buried count name value...]...
    -- Stores letters, each with `count` fields, that were exported before. Answers for each 1, or 0 when a letter of that
    -- name is there already.
    redis.register_function{
        function_name = 'cw_dead_import',
        callback = function(keys, args)
            local stream, answers, at = keys[1], {}, 1
            if not holds_letters(stream) then return refuse_queue(stream) end
            while at <= #args do
                local member, buried, fields = args[at], whole(args[at + 1], MOST_MS), whole(args[at + 2], #args)
                if not buried or not fields or at + 2 + 2 * fields > #args then
                    return refuse('bad letter')
                end
                local is_new = redis.call('HEXISTS', stream .. ':dead:jobs', member) == 0
                if is_new then
                    local job = {}
                    for field = at + 3, at + 1 + 2 * fields, 2 do job[args[field]] = args[field + 1] end
                    job.id = job.id or member
                    job.buried, job.imported = tostring(buried), tostring(now_ms())
                    file_letter(stream, job, nil, buried, member)
                    count(stream, 'imported', 1)
                end
                answers[#answers + 1] = is_new and 1 or 0
                at = at + 3 + 2 * fields
            end
            return answers
        end,
    }

    -- Replaying
    --
    -- A replay works on what was dead when it began. Its state is the hash `:replay:<id>`: begun, updated and ended (ms since
    -- 1970), state (running, done, aborted), who, filter, rate, driver, cursor, examined, replayed, passed_over.
    -- Whoever drives it gives the letters, and is told when another one does so now.

    local function replay_key(stream, id) return stream .. ':replay:' .. id end

    -- cw_replay_begin KEYS stream ARGV id driver [name value]...
    -- Answers when it began, which is its cut-off; 0 when there is a replay of that id.
    redis.register_function{
        function_name = 'cw_replay_begin',
        callback = function(keys, args)
            local stream, id, now = keys[1], args[1], now_ms()
            if not is_token(id) then return refuse('bad id') end
            if not holds_letters(stream) or not may_hold(stream .. ':replays', 'list') then return refuse_queue(stream) end
            local key = replay_key(stream, id)
            if redis.call('EXISTS', key) == 1 then return 0 end
            redis.call('HSET', key, 'state', 'running', 'driver', args[2], 'begun', now, 'updated', now, unpack(args, 3))
            redis.call('LPUSH', stream .. ':replays', id)
            while redis.call('LLEN', stream .. ':replays') > REPLAYS_KEPT do
                local oldest = replay_key(stream, redis.call('LINDEX', stream .. ':replays', -1))
                -- One that goes on, or may be resumed, is not forgotten.
                if redis.call('HGET', oldest, 'state') == 'running' then break end
                redis.call('DEL', oldest)
                redis.call('RPOP', stream .. ':replays')
            end
            return now
        end,
    }

    -- cw_replay_resume KEYS stream ARGV id driver
    -- Another driver goes on with a replay. Answers its state, '' when there is none.
    redis.register_function{
        function_name = 'cw_replay_resume',
        callback = function(keys, args)
            local key = replay_key(keys[1], args[1])
            local state = redis.call('HGET', key, 'state')
            if state == 'running' then redis.call('HSET', key, 'driver', args[2], 'updated', now_ms()) end
            return state or ''
        end,
        flags = {'allow-oom'},
    }

    -- cw_replay_end KEYS stream ARGV id driver state who
    -- Ends a replay that is running as `done` or `aborted`; the driver '' stands for whoever drives it. Answers the state
    -- it is in now, '' when there is no such replay.
    redis.register_function{
        function_name = 'cw_replay_end',
        callback = function(keys, args)
            local key = replay_key(keys[1], args[1])
            local state, driver = unpack(redis.call('HMGET', key, 'state', 'driver'))
            if state ~= 'running' or (args[2] ~= '' and args[2] ~= driver) then return state or '' end
            redis.call('HSET', key, 'state', args[3], 'ended', now_ms(), 'ended_by', args[4])
            return args[3]
        end,
        flags = {'allow-oom'},
    }

    local function is_delivered(entry, last)
        local ms, sequence = string.match(entry, '^(%d+)-(%d+)$')
        local last_ms, last_sequence = string.match(last, '^(%d+)-(%d+)$')
        ms, last_ms = tonumber(ms), tonumber(last_ms)
        return ms < last_ms or (ms == last_ms and tonumber(sequence) <= tonumber(last_sequence))
    end

    local function last_delivered(stream)
        local group = redis.call('EXISTS', stream) == 1 and group_of(stream)
        if group then return group.last, group.pending end
        return '0-0', 0
    end

    -- Where a job is that was replayed as `entry`: `ready`; `blocked`, which a worker may do to it as long as it is
    -- `claimed`; nil once it has begun or is gone. `group` is what is known of the stream.
    local function stage_of(stream, entry, token, group)
        if redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1 then return 'blocked' end
        if not is_delivered(entry, group.last) then return not group.is_empty and 'ready' or nil end
        local pending = pending_of(stream, entry)
        if not pending then return nil end
        if is_nobody(pending[2]) then return 'ready' end
        return pending[3] < BEGUN_AFTER_MS and 'claimed' or nil
    end

    -- How many jobs that were replayed have not begun, of all replays of the queue that give way to live work, and one that
    -- is blocked. The list `:replaying` has the entry and the id of each.
    local function count_waiting(stream)
        local key, last, held = stream .. ':replaying', last_delivered(stream)
        -- Those that were taken away before their turn leave nothing to go by.
        local group = {last = last, is_empty = redis.call('XLEN', stream) <= held}
        local all, kept, waiting, claimed, blocked = redis.call('LRANGE', key, 0, -1), {}, 0, 0, nil
        for _, line in ipairs(all) do
            local entry, token = string.match(line, '^(%S+) (.*)$')
            local stage = entry and stage_of(stream, entry, token, group)
            if stage == 'claimed' then claimed = claimed + 1 elseif stage then waiting = waiting + 1 end
            if stage == 'blocked' then blocked = token end
            if stage and (stage ~= 'claimed' or claimed <= MOST_CLAIMED) then kept[#kept + 1] = line end
        end
        if #kept < #all then
            redis.call('DEL', key)
            if #kept > 0 then redis.call('RPUSH', key, unpack(kept)) end
        end
        return waiting, blocked
    end

    -- The gate behind which a job waits, '' for none.
    local function gate_of(stream, token)
        local packed = token and redis.call('HGET', stream .. ':blocked:jobs', token)
        return packed and unpack_job(packed, token).gate or ''
    end

    -- Whether the letter is one of those that were dead when the replay began.
    local function belongs_to(job, buried, id, begun)
        if buried > begun then return false end
        if tonumber(job.imported) and tonumber(job.imported) > begun then return false end
        -- What its producer does not want any more is not run, and not lost either.
        if whole(job.expires, MOST_MS) and whole(job.expires, MOST_MS) <= now_ms() then return false end
        -- Time alone would not do: clocks are set back, and a job can die in the millisecond in which it was replayed.
        return not string.find(' ' .. (job.replay or '') .. ' ', ' ' .. id .. ' ', 1, true)
    end

    -- Another job does what this one was to do: its unique key is held by one that has not ended.
    local function is_replaced(stream, job)
        local holder = job.unique and redis.pcall('GET', stream .. ':unique:' .. job.unique)
        return type(holder) == 'string' and holder ~= job.id and find_job(stream, holder) ~= nil
    end

    local function remember(id, others)
        local ids = {id}
        for other in string.gmatch(others or '', '%S+') do
            if #ids < REPLAYS_KNOWN then ids[#ids + 1] = other end
        end
        return table.concat(ids, ' ')
    end

    local OF_ITS_DEATH = {
        'reason', 'error', 'kind', 'worker', 'buried', 'group', 'imported', 'crashes', 'interruptions', 'losses',
        'snoozes',
    }

    -- Makes a dead letter a job again, as if it were new.
    local function replay_letter(stream, job, member, id)
        remove_letter(stream, member, job.group)
        job_revived(stream, job)
        for _, field in ipairs(OF_ITS_DEATH) do job[field] = nil end
        job.attempt = '1'
        job.replay = remember(id, job.replay)
        job.replays = tostring((whole(job.replays, MOST_COUNT) or 0) + 1)
        job.first_enqueued = job.first_enqueued or job.enqueued
        job.enqueued = tostring(now_ms())
        if job.unique then redis.pcall('SET', stream .. ':unique:' .. job.unique, job.id, 'PX', DAY_MS) end
        local entry = add_entry(stream, job)
        if job.track then
            local key = stream .. ':job:' .. job.id
            redis.call('DEL', key .. ':end')
            redis.pcall('HDEL', key, 'reason', 'error')
            track(stream, job, 'ready', 'entry', entry)
        end
        return entry
    end

    -- cw_replay KEYS stream ARGV id driver most_waiting examined buried member [member buried]...
    -- Replays letters that were dead when the replay began. With `most_waiting` above 0 it stops when so many jobs that
    -- were replayed have not begun. Once all letters are seen to, it notes how many were `examined` to find them, and that
    -- the replay has come to `buried member`, '' for nowhere.
    -- Answers the state of the replay ('' for none, `driven` when another driver has taken over); how many letters were
    -- seen to; how many were replayed and passed over by this replay in all; 1 when it stopped, else 0; and then perhaps
    -- the gate behind which jobs wait that were replayed.
    redis.register_function{
        function_name = 'cw_replay',
        callback = function(keys, args)
            local stream, id, most_waiting = keys[1], args[1], tonumber(args[3])
            local key = replay_key(stream, id)
            if not (holds_letters(stream) and may_hold(key, 'hash') and may_hold(stream .. ':replaying', 'list')) then
                return refuse_queue(stream)
            end
            local state, driver, begun = unpack(redis.call('HMGET', key, 'state', 'driver', 'begun'))
            if state == 'running' and driver ~= args[2] then state = 'driven' end
            if state ~= 'running' then return {state or '', 0, 0, 0, 0, ''} end
            local waiting, blocked, has_stopped = 0, nil, false
            if most_waiting > 0 then waiting, blocked = count_waiting(stream) end
            local handled, replayed = each_letter(stream, args, 7, function(job, member, buried)
                if not belongs_to(job, buried, id, tonumber(begun)) or is_replaced(stream, job) then return false end
                has_stopped = most_waiting > 0 and waiting >= most_waiting
                if has_stopped then return 'stop' end
                local entry = replay_letter(stream, job, member, id)
                if most_waiting > 0 then
                    redis.call('RPUSH', stream .. ':replaying', entry .. ' ' .. job.id)
                    waiting = waiting + 1
                end
                return true
            end)
            if replayed > 0 then count(stream, 'replayed', replayed) end
            redis.call('HSET', key, 'updated', now_ms())
            if handled == (#args - 6) / 2 and args[6] ~= '' then
                redis.call('HSET', key, 'cursor', args[5] .. ' ' .. args[6])
                redis.call('HINCRBY', key, 'examined', args[4])
            end
            return {
                state, handled, redis.call('HINCRBY', key, 'replayed', replayed),
                redis.call('HINCRBY', key, 'passed_over', handled - replayed), has_stopped and 1 or 0,
                has_stopped and gate_of(stream, blocked) or '',
            }
        end,
        flags = {'allow-oom'},
    }
end
