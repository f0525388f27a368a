-- cw_rescue KEYS stream ARGV worker lease_ms limit crash_limit loss_limit suspects
-- Takes over jobs that were handed back, and jobs whose holder did not renew them for longer than the lease. The worker's
-- own are taken too: it renews what it knows of, so one it did not renew came in an answer that never reached it.
-- A job whose holders died crash_limit times is parked, with reason `crash`; one whose lease ran out loss_limit times
-- under workers that lived, with reason `lease`.
-- When a job takes its worker down, those that ran beside it look as guilty. So one that has one life left is a suspect
-- and runs alone. `suspects` says which jobs are taken: `without` suspects, `only` suspects, or `with` them.
-- Answers 1 when suspects wait and it is this worker's turn to see to them, else 0; and the jobs that it holds now:
-- entry, times delivered, fields.

do

-- Several workers find a suspect at once; one of them is to see to it.
local SUSPECT_TURN_MS = 200

local function death_of(crashes, losses, crash_limit, loss_limit)
    if crashes >= crash_limit then
        return 'crash', 'The worker process died while it ran this job, ' .. crashes .. ' times.'
    elseif losses >= loss_limit then
        return 'lease', 'Its worker was silent for longer than the lease, ' .. losses .. ' times.'
    end
end

-- A job is taken from a worker that died or is silent: the latter may wake, and say so (see correct_crash).
local function note_rescue(stream, entry, holder, idle)
    count(stream, 'rescued', 1)
    local interruptions, losses = read_setbacks(stream, entry)
    if idle < LONG_IDLE_MS then write_setbacks(stream, entry, interruptions, losses, holder) end
end

-- Visits what nobody renewed for longer than the lease, oldest first in each lane, until `visit` says that it is enough.
-- What is in front and cannot be taken must not hide what is behind it; no more than 20,000, so that nobody waits long.
local function each_idle(stream, lease, visit)
    for _, lane in ipairs(lanes_of(stream)) do
        local first = '-'
        for _ = 1, 20 do
            local page = redis.call('XPENDING', lane[1], GROUP, 'IDLE', lease, first, '+', 1000)
            for _, pending in ipairs(page) do
                if visit(lane[2] .. pending[1], pending[2], pending[3], pending[4]) then return end
            end
            if #page < 1000 then break end
            first = '(' .. page[#page][1]
        end
    end
end

-- The oldest suspects, at most `limit`: entry, holder, ms since it was set aside, deliveries.
local function oldest_suspects(stream, limit)
    local suspects = {}
    for _, lane in ipairs(lanes_of(stream)) do
        for _, pending in ipairs(redis.call('XPENDING', lane[1], GROUP, '-', '+', limit, SUSPECTS)) do
            pending[1] = lane[2] .. pending[1]
            if #suspects < limit then suspects[#suspects + 1] = pending end
        end
    end
    return suspects
end

redis.register_function{
    function_name = 'cw_rescue',
    callback = function(keys, args)
        local stream, worker, lease, limit = keys[1], args[1], args[2], tonumber(args[3])
        local crash_limit, loss_limit, suspects = tonumber(args[4]), tonumber(args[5]), args[6]
        local taken = {}

        local function take(entry, delivered)
            local lane, id = lane_of(stream, entry)
            local claimed = redis.call('XCLAIM', lane, GROUP, worker, 0, id, 'RETRYCOUNT', delivered)[1]
            taken[#taken + 1] = {entry, delivered, claimed[2]}
        end

        local function consider(entry, holder, idle, delivered)
            local job = read_job(stream, entry)
            if not job then return remove_entries(stream, {entry}) end
            if not is_nobody(holder) then distrust(stream, holder) end
            if is_cancelled(stream, entry) then return end_entry(stream, entry, job, 'cancelled') end
            -- Nobody died with a job that comes back to its own worker.
            local is_own = holder == worker
            if is_own then delivered = delivered - 1 end
            local _, losses = read_setbacks(stream, entry)
            local crashes = delivered + (job.crashes or 0)
            local reason, error = death_of(crashes, losses + (job.losses or 0), crash_limit, loss_limit)
            local is_suspect = crashes >= crash_limit - 1
            local takes = not reason and (suspects == 'with' or is_suspect == (suspects == 'only'))
            if reason then
                note_setbacks(stream, entry, job, delivered)
                return bury_entry(stream, entry, job, reason, error, holder)
            end
            if not is_own and not is_nobody(holder) then note_rescue(stream, entry, holder, idle) end
            if takes then
                take(entry, delivered + 1)
            elseif is_suspect then
                hand_to(stream, SUSPECTS, entry, 0, delivered)
            else
                hand_to(stream, RELEASED, entry, LONG_IDLE_MS, delivered)
            end
        end

        if suspects == 'only' then
            for _, suspect in ipairs(oldest_suspects(stream, limit)) do consider(unpack(suspect)) end
        else
            each_idle(stream, lease, function(...)
                if #taken >= limit then return true end
                consider(...)
            end)
        end

        local is_turn = suspects == 'without'
            and oldest_suspects(stream, 1)[1]
            and redis.call('SET', stream .. ':turn', worker, 'NX', 'PX', SUSPECT_TURN_MS)
        return {is_turn and 1 or 0, taken}
    end,
    flags = {'allow-oom'},
}

end
