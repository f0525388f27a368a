-- cw_rescue KEYS stream ARGV worker lease_ms limit crash_limit
-- Takes over jobs that were handed back, and jobs whose holder did not renew them for longer than the lease. A job
-- whose holders died crash_limit times is parked instead, with reason `crash`. The worker's own are taken too: it renews
-- what it knows of, so one it did not renew came in an answer that never reached it.
-- Answers the jobs that the worker holds now: entry, times delivered, fields.

-- When a job takes its worker down, those that ran beside it look as guilty. So a job that has one life left runs
-- beside no other such job of its queue: the guilty one then dies alone, and the innocent are done.
local function holds_suspect(stream, worker, crash_limit)
    for _, pending in ipairs(redis.call('XPENDING', stream, GROUP, '-', '+', 1000, worker)) do
        if pending[4] >= crash_limit then return true end
    end
    return false
end

redis.register_function{
    function_name = 'cw_rescue',
    callback = function(keys, args)
        local stream, worker, lease, limit, crash_limit =
            keys[1], args[1], args[2], tonumber(args[3]), tonumber(args[4])
        local taken = {}
        -- Looked up when it is first needed.
        local has_suspect = nil
        -- Asked for more than are wanted, since jobs that are parked, and entries that are gone, fill no room.
        for _, pending in ipairs(redis.call('XPENDING', stream, GROUP, 'IDLE', lease, '-', '+', limit + 1000)) do
            if #taken >= limit then break end
            local entry, holder, delivered = pending[1], pending[2], pending[4]
            local job = holder ~= RELEASED and read_job(stream, entry) or nil
            if holder ~= RELEASED then redis.call('SREM', stream .. ':intact', holder) end
            if job and delivered + (job.crashes or 0) >= crash_limit then
                job.crashes = tostring(delivered + (job.crashes or 0))
                bury_entry(stream, entry, job, 'crash',
                    'The worker process died or froze while it ran this job, ' .. job.crashes .. ' times.', holder)
            else
                local is_suspect = job and delivered >= crash_limit - 1
                if is_suspect and has_suspect == nil then
                    has_suspect = holds_suspect(stream, worker, crash_limit)
                end
                local claimed = not (is_suspect and has_suspect)
                    and redis.call('XCLAIM', stream, GROUP, worker, 0, entry)[1]
                if claimed then
                    if is_suspect then has_suspect = true end
                    local again = redis.call('XPENDING', stream, GROUP, entry, entry, 1)[1][4]
                    taken[#taken + 1] = {entry, again, claimed[2]}
                    if holder ~= RELEASED then count(stream, 'rescued', 1) end
                end
            end
        end
        return taken
    end,
    flags = {'allow-oom'},
}
