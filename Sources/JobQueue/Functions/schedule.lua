-- What is known of the schedules of a queue stands in the hash `:schedules`. The fields of the schedule `name`:
--   name              the last fire time that became a job; this and all other times in ms since 1970
--   name:through      fire times up to this one are settled: fired, missed, or passed while it was paused
--   name:paused       since when it is paused; absent when it is not. A pause stays until it is ended
--   name:line:<sha1>  since when workers have the schedule with this line, and when one last spoke of it
-- Each line has its own beginning, so that workers of two configurations fire side by side during a deploy.

-- A schedule of which nobody spoke for so long is forgotten, and new when it comes back: nothing is made up for it.
local FORGET_SCHEDULE_MS = 30 * 86400000
local NOTE_SCHEDULE_MS = 1800000
-- With a hyphen and a time of 13 digits it makes a token.
local LONGEST_IN_TOKEN = 50

-- Two workers make the same token for a fire time.
local function fire_token(name, time)
    if #name > LONGEST_IN_TOKEN then
        name = string.sub(name, 1, LONGEST_IN_TOKEN - 17) .. '-' .. string.sub(redis.sha1hex(name), 1, 16)
    end
    return name .. '-' .. digits(time)
end

-- 0 for nothing, and for what somebody else wrote there.
local function number(text)
    return whole(text, MOST_MS) or 0
end

local function line_of(text)
    local since, seen = string.match(text or '', '^(%d+) (%d+)$')
    return tonumber(since), tonumber(seen)
end

-- Removes lines of which nobody spoke for long, and schedules without any line.
local function forget_schedules(hash, now)
    local fields, kept, stale = redis.call('HGETALL', hash), {}, {}
    for at = 1, #fields, 2 do
        local name = string.match(fields[at], '^(.*):line:%x+$')
        local _, seen = line_of(fields[at + 1])
        if name and seen and now - seen <= FORGET_SCHEDULE_MS then kept[name] = true
        elseif name then stale[#stale + 1] = fields[at] end
    end
    for at = 1, #fields, 2 do
        local name = string.match(fields[at], '^([^:]*)$') or string.match(fields[at], '^(.*):through$')
        if name and not kept[name] then stale[#stale + 1] = fields[at] end
    end
    for _, field in ipairs(stale) do redis.call('HDEL', hash, field) end
end

-- Since when the line is in force, and notes now and then that somebody spoke of it. `begun` is since when the caller
-- has it in sight, 0 for one that begins: a line that nobody knows begins now.
local function note_line(hash, name, line, begun, now)
    local field = name .. ':line:' .. redis.sha1hex(line)
    local since, seen = line_of(redis.call('HGET', hash, field))
    if since and now - seen <= NOTE_SCHEDULE_MS then return since end
    if not since or now - seen > FORGET_SCHEDULE_MS then since = begun > 0 and math.min(begun, now) or now end
    redis.call('HSET', hash, field, digits(since) .. ' ' .. digits(now))
    forget_schedules(hash, now)
    return since
end

-- The fire times from the argument `first` on; nil unless they are times that go up.
local function read_fire_times(args, first)
    local times = {}
    for at = first, #args do
        local time = whole(args[at], MOST_MS)
        if not time or time <= (times[#times] or -1) then return nil end
        times[#times + 1] = time
    end
    return times
end

-- Stores the job of a fire time, unless it is in some place already: what is known of the schedule may have been lost
-- without its jobs. Answers its token.
local function fire_once(stream, token, job)
    if find_job(stream, token) or redis.call('HEXISTS', stream .. ':dead:jobs', token) == 1 then return token end
    job.id = token
    return store_new(stream, job, 0)
end

-- cw_fire KEYS stream ARGV name line type args begun through [time...]
-- Enqueues a job for each fire time of a schedule that has come by this server's clock and is not settled yet: each
-- becomes one job, whoever asks for it and how often. A time that has not come is left for later; while the schedule is
-- paused its times are settled without a job.
--   begun     since when the caller has the line in sight; 0 for one that asks for the first time
--   through   all fire times up to this one that the caller does not name are settled too; 0 for none
--   time      at most 100, going up
-- Answers now, the last fire time that became a job (0: none), through when all is settled, whether it is paused (1 or
-- 0), and the tokens of the new jobs.
redis.register_function{
    function_name = 'cw_fire',
    callback = function(keys, args)
        local stream, name, line = keys[1], args[1], args[2]
        local begun, through = whole(args[5], MOST_MS), whole(args[6], MOST_MS)
        local times = read_fire_times(args, 7)
        if not is_token(name) then return refuse('bad name of a schedule') end
        if not (begun and through and times) then return refuse('bad fire time') end
        local hash = stream .. ':schedules'
        if not (may_hold(stream, 'stream') and may_hold(hash, 'hash')) then
            return redis.error_reply('WRONGTYPE the queue is no stream')
        end

        local now, fired = now_ms(), {}
        local since = note_line(hash, name, line, begun, now)
        local known = redis.call('HMGET', hash, name, name .. ':through', name .. ':paused')
        local last, known_settled, paused = number(known[1]), number(known[2]), known[3]
        local settled = known_settled
        local bound = math.max(settled, since)
        for _, time in ipairs(times) do
            if time > now then break end
            if time > bound then
                bound, settled = time, time
                if not paused then
                    last = time
                    redis.call('HSET', hash, name, digits(time))
                    fired[#fired + 1] = fire_once(stream, fire_token(name, time), {
                        type = args[3], args = args[4], scheduled_for = digits(time),
                    })
                end
            end
        end
        settled = math.max(settled, math.min(through, now))
        if settled > known_settled then
            redis.call('HSET', hash, name .. ':through', digits(settled))
        end
        return {now, last, math.max(settled, since), paused and 1 or 0, fired}
    end,
}

-- cw_schedules KEYS stream ARGV name...
-- Answers now, and for each schedule the last fire time that became a job (0: none) and since when it is paused (0: it
-- is not).
redis.register_function{
    function_name = 'cw_schedules',
    callback = function(keys, args)
        local answer = {now_ms()}
        for _, name in ipairs(args) do
            local known = redis.call('HMGET', keys[1] .. ':schedules', name, name .. ':paused')
            answer[#answer + 1] = number(known[1])
            answer[#answer + 1] = number(known[2])
        end
        return answer
    end,
    flags = {'no-writes'},
}

-- cw_pause_schedule KEYS stream ARGV name
-- Answers 1, or 0 when it was paused before.
redis.register_function{
    function_name = 'cw_pause_schedule',
    callback = function(keys, args)
        if not is_token(args[1]) then return refuse('bad name of a schedule') end
        return redis.call('HSETNX', keys[1] .. ':schedules', args[1] .. ':paused', digits(now_ms()))
    end,
    flags = {'allow-oom'},
}

-- cw_resume_schedule KEYS stream ARGV name
-- What would have been fired meanwhile is passed over, also by workers that did not run then. Answers 1, or 0 when it
-- was not paused.
redis.register_function{
    function_name = 'cw_resume_schedule',
    callback = function(keys, args)
        local hash = keys[1] .. ':schedules'
        if redis.call('HDEL', hash, args[1] .. ':paused') == 0 then return 0 end
        local settled = number(redis.call('HGET', hash, args[1] .. ':through'))
        redis.call('HSET', hash, args[1] .. ':through', digits(math.max(settled, now_ms())))
        return 1
    end,
    flags = {'allow-oom'},
}
