-- The audit trail: who did what, when and why. A stream whose entries are numbered 1-0, 2-0, …; each holds a JSON text and
-- the SHA-256 hash of it, and each text holds the hash of the one before. Programs make the texts and the hashes, and
-- verify them; here it is seen to that each entry follows the one it was made to follow.
--
-- Beside the stream stands its head, `number hash ms` of the last entry: so it is seen when entries are taken off the end.
-- The head's key has the stream's name in braces, and so is in the same slot of a cluster.

do
    local NO_ENTRY = '0 0000000000000000000000000000000000000000000000000000000000000000 0'

    local function audit_head_key(trail)
        return '{' .. trail .. '}:head'
    end

    -- Where somebody took the head away, the trail goes on behind the last number that it ever had, so that nobody is kept
    -- from his work; whoever verifies the trail sees the gap.
    local function audit_head(trail)
        local head = redis.call('GET', audit_head_key(trail))
        if head and string.match(head, '^%d+ %x+ %d+$') then return head end
        if redis.call('EXISTS', trail) == 0 then return NO_ENTRY end
        local about = redis.call('XINFO', 'STREAM', trail)
        for index = 1, #about, 2 do
            if about[index] == 'last-generated-id' then
                return string.match(about[index + 1], '^%d+') .. string.sub(NO_ENTRY, 2)
            end
        end
    end

    -- cw_audit_head KEYS trail
    -- Answers the head behind which the next entry belongs, and the time in ms.
    redis.register_function{
        function_name = 'cw_audit_head',
        callback = function(keys) return {audit_head(keys[1]), digits(now_ms())} end,
        flags = {'no-writes'},
    }

    -- cw_audit KEYS trail ARGV head number hash ms text
    -- Appends an entry that was made behind this head. Answers 1, or 0 when somebody else's came first: make it anew.
    redis.register_function{
        function_name = 'cw_audit',
        callback = function(keys, args)
            if audit_head(keys[1]) ~= args[1] then return 0 end
            redis.call('XADD', keys[1], args[2] .. '-0', 'entry', args[5], 'hash', args[3])
            redis.call('SET', audit_head_key(keys[1]), args[2] .. ' ' .. args[3] .. ' ' .. args[4])
            return 1
        end,
        flags = {'allow-oom'},
    }
end
