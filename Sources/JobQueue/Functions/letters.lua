-- Dead letters: parked jobs, until somebody replays or deletes them.
--   :dead                member → when it was buried, in ms since 1970
--   :dead:jobs           member → its fields
--   :dead:groups         fingerprint → when its last letter was buried
--   :dead:groups:about   fingerprint → type, kind, reason, message, pattern, and when its first letter was buried
--   :dead:group:<fp>     member → when it was buried: the letters of one group, so a count is never kept apart from them
-- A member is the job's id, with an ending where another letter has that name already.
--
-- The fields of a job, and in a dead letter also:
--   reason   a code: failures, crash, …      worker  who held it last
--   error    a sentence                      buried  when, in ms since 1970
--   kind     the type of the error, if known group   the fingerprint of its group

local remove_letter

do
    local MESSAGE_BYTES, PATTERN_BYTES, NAME_BYTES = 600, 200, 100
    local HEX = '%x%x%x%x'
    local UUID = HEX .. HEX .. '%-' .. HEX .. '%-' .. HEX .. '%-' .. HEX .. '%-' .. HEX .. HEX .. HEX
    -- What differs between errors of the same cause: what it has in it, its pattern, and what stands for it, in the
    -- order in which it is looked for.
    local VARIABLE_PARTS = {
        -- What was taken out before the error was kept: the query of a URL, and addresses.
        {'?[hidden]', '%?%[hidden%]', '?'},
        {'[hidden]', '%[hidden%]', '<address>'},
        {'"', '"[^"]*"', '<text>'},
        {'`', '`[^`]*`', '<text>'},
        {'\226\128\156', '\226\128\156.-\226\128\157', '<text>'},
        {"'", "(%W)'[^']*'", '%1<text>'},
        {'://', '%a[%w+.-]*://[^%s<>"\')%]]+', '<url>'},
        {'@', '[%w._%%+-]+@[%w.-]*%w', '<address>'},
        {'-', UUID, '<uuid>'},
        {'.', '%f[%d]%d+%.%d+%.%d+%.%d+:?%d*', '<address>'},
        {':', '%f[%w:]%x*:%x*:%x*:[%x:]+', '<address>'},
        {'/', '([%s%(%[=:,])/[%w._%%@+~-][%w._%%@+~/-]*', '%1<path>'},
        {'/', '[%w._-]+/[%w._-]+/[%w._/-]+', '<path>'},
        {'0x', '%f[%w]0x%x+', '<hex>'},
    }

    local function without_code(word)
        if #word < 8 or not string.find(word, '%d') then return nil end
        if not string.find(word, '%X') then return '<hex>' end
        return #word >= 16 and '<id>' or nil
    end

    -- A message without what differs between errors of the same cause. Its time is bounded: a fleet that fails calls it
    -- for every job.
    local function pattern_of(message)
        local text = ' ' .. string.sub(message, 1, MESSAGE_BYTES)
        for _, part in ipairs(VARIABLE_PARTS) do
            if string.find(text, part[1], 1, true) then text = string.gsub(text, part[2], part[3]) end
        end
        text = string.gsub(text, '%w+', without_code)
        text = string.gsub(text, '%d[%d.,:]*%d', '<n>')
        text = string.gsub(text, '%d', '<n>')
        text = string.gsub(text, '[%s%c]+', ' ')
        return string.sub(text, 2, PATTERN_BYTES + 1)
    end

    local function group_key(stream, group) return stream .. ':dead:group:' .. group end

    -- A key of the groups that holds something else is left alone: groups can be made anew from the letters, and no job is
    -- lost for them.
    local function add_to_group(stream, job, pattern, member, buried)
        redis.pcall('ZADD', group_key(stream, job.group), buried, member)
        if redis.pcall('ZADD', stream .. ':dead:groups', 'GT', buried, job.group) == 1 then
            redis.pcall('HSET', stream .. ':dead:groups:about', job.group, cmsgpack.pack{
                'type', string.sub(job.type or '', 1, NAME_BYTES), 'kind', string.sub(job.kind or '', 1, NAME_BYTES),
                'reason', job.reason or '', 'message', string.sub(job.error or '', 1, MESSAGE_BYTES),
                'pattern', pattern, 'first', tostring(buried),
            })
        end
    end

    -- Stores a dead letter in all its places, under `name` if that is free.
    file_letter = function(stream, job, entry, buried, name)
        local pattern = pattern_of(job.error or '')
        local cause = string.sub(job.type or '', 1, NAME_BYTES) .. '\n' .. string.sub(job.kind or '', 1, NAME_BYTES)
        job.group = string.sub(redis.sha1hex(cause .. '\n' .. pattern), 1, 16)
        local member = store_job(stream .. ':dead:jobs', job, entry, name)
        redis.call('ZADD', stream .. ':dead', buried, member)
        add_to_group(stream, job, pattern, member, buried)
    end

    -- Takes a dead letter out of all its places; `group` is what its fields say.
    remove_letter = function(stream, member, group)
        redis.call('ZREM', stream .. ':dead', member)
        redis.call('HDEL', stream .. ':dead:jobs', member)
        if not group then return end
        redis.pcall('ZREM', group_key(stream, group), member)
        if redis.call('EXISTS', group_key(stream, group)) == 0 then
            redis.pcall('ZREM', stream .. ':dead:groups', group)
            redis.pcall('HDEL', stream .. ':dead:groups:about', group)
        end
    end
end
