-- A chain is a job with links, the jobs that come after it: the field `then` is a JSON list of them. When the job is done,
-- the first link is enqueued in the same step, with the others as its own `then` and the result as its `input`. A job that
-- ends in another way ends its chain; a dead one takes it along, and a replay goes on with it.
--
-- A link is an object with `type`, `args` (a JSON text), perhaps `queue` and `then`, and the options of cw_enqueue.

local MOST_LINKS = 100
local MOST_THEN_BYTES = 262144
local MOST_INPUT_BYTES = 1048576

-- Parts of a link that are no options, and options that are not for links.
local PARTS = {type = true, args = true, queue = true, ['then'] = true}
local NOT_FOR_LINKS = {batch = true, input = true}

local function is_queue(text)
    return type(text) == 'string' and #text <= 64 and string.match(text, '^[%l%d_-]+$') ~= nil
end

local function own_queue(stream)
    return string.match(stream, '{(.*)}')
end

-- The options of a link as cw_enqueue reads them: name, value, …
local function words_of(link)
    local words = {}
    for name, value in pairs(link) do
        if not PARTS[name] then
            if type(value) == 'number' then value = value % 1 == 0 and digits(value) or tostring(value) end
            words[#words + 1] = name
            words[#words + 1] = value
        end
    end
    return words
end

local mistake_in_links

-- What is wrong with a link, nil when nothing is; and how many links it stands for.
local function mistake_in(link)
    if type(link) ~= 'table' or type(link.type) ~= 'string' or not is_type(link.type) then
        return 'has a link without a type of the form domain.verb'
    end
    if type(link.args) ~= 'string' then return 'has a link whose args are no JSON text in a string' end
    if link.queue ~= nil and not is_queue(link.queue) then return 'has a link whose queue is no name of a queue' end
    local words = words_of(link)
    for at = 1, #words, 2 do
        if type(words[at + 1]) ~= 'string' or NOT_FOR_LINKS[words[at]] then
            return 'has a link with an option that links do not have'
        end
    end
    local options, mistake = read_options(words, 1, #words)
    if not options then return 'has a link that is refused: ' .. mistake end
    if link['then'] == nil then return nil, 1 end
    local inner, count = mistake_in_links(link['then'])
    return inner, (count or 0) + 1
end

function mistake_in_links(links)
    if type(links) ~= 'table' or #links == 0 and next(links) ~= nil then return 'must be a JSON list of links' end
    local total = 0
    for _, link in ipairs(links) do
        local mistake, count = mistake_in(link)
        if mistake then return mistake end
        total = total + count
        if total > MOST_LINKS then return 'has more than ' .. MOST_LINKS .. ' links' end
    end
    return nil, total
end

local function decode(text)
    if #text > MOST_THEN_BYTES then return nil, 'is larger than ' .. MOST_THEN_BYTES .. ' bytes' end
    local ok, value = pcall(cjson.decode, text)
    if not ok then return nil, 'must be JSON' end
    return value
end

-- The links that a text tells, and how many those are with the links in them; nil and what is wrong with it.
local function read_links(text)
    if text == '' then return {}, 0 end
    local links, mistake = decode(text)
    local count
    if not mistake then mistake, count = mistake_in_links(links) end
    if mistake then return nil, mistake end
    return links, count
end

-- As it is stored: read and written again, it is never larger than it was when it was looked at.
local function stored_links(text)
    local links, mistake = read_links(text)
    if not links then return nil, mistake end
    local stored = #links > 0 and cjson.encode(links) or ''
    if #stored > MOST_THEN_BYTES then return nil, 'is larger than ' .. MOST_THEN_BYTES .. ' bytes' end
    return stored
end

OPTIONS['then'] = {stored_links, 'must be a JSON list of links'}
OPTIONS.input = {function(text) return #text <= MOST_INPUT_BYTES and text end, 'must be JSON of at most 1 MiB'}

-- What is wrong with the links of a job; nil when nothing is. A producer may have written them past cw_enqueue.
function follow.mistake(job)
    if not job['then'] then return nil end
    local links, mistake = read_links(job['then'])
    return not links and 'The field then ' .. mistake or nil
end

-- cw_check_links KEYS stream ARGV entry
-- Answers what is wrong with the links of the job that the entry is; '' when nothing is.
redis.register_function{
    function_name = 'cw_check_links',
    callback = function(keys, args)
        local job = read_job(keys[1], args[1])
        return job and follow.mistake(job) or ''
    end,
    flags = {'no-writes'},
}

-- What is to be done in another queue, or cannot be done in this one now, waits in the stream `:outgoing`, written in the
-- step that wants it done, until a worker of this queue has carried it over: see outgoing.lua.
local function leave_for(stream, queue, link, fields)
    local outgoing = stream .. ':outgoing'
    -- What somebody else wrote there is moved out of the way, and kept.
    if not may_hold(outgoing, 'stream') then redis.call('RENAME', outgoing, outgoing .. ':' .. digits(now_us())) end
    local packed = cmsgpack.pack({link.type, link.args, words_of(link), flatten(fields)})
    redis.call('XADD', outgoing, '*', 'queue', queue, 'job', packed)
end

function follow.has_outgoing(stream, job)
    return (job.batch or job['then']) and outgoing_length(stream) > 0
end

-- Enqueues a link in this queue; `words` are its options. False when a key is spoiled that it needs; then nothing was
-- written.
local function enqueue_link(stream, kind, payload, words, fields)
    if not holds_jobs(stream) then return false end
    if fields.batch and not may_hold(batch_key(stream, fields.batch) .. ':pending', 'set') then return false end
    -- What is left to fail is what its options name, which is looked at before anything is written.
    local ok, answer = pcall(enqueue, stream, kind, payload, read_options(words, 1, #words), fields)
    if not ok then return false end
    -- Another job stands for it, and not for what was to come after it.
    local is_new = answer[2] == 'enqueued' or answer[2] == 'replaced'
    if not is_new and fields['then'] then count(stream, 'skipped', #cjson.decode(fields['then'])) end
    return true
end

-- Enqueues a link, here or in the queue it names; `rest` are the links after it.
local function start_link(stream, link, rest, fields)
    local links = {}
    for _, list in ipairs({link['then'] or {}, rest}) do
        for _, each in ipairs(list) do links[#links + 1] = each end
    end
    if #links > 0 then fields['then'] = cjson.encode(links) end
    local own = own_queue(stream)
    local queue = link.queue or own
    if queue ~= own then fields.batch = nil end
    if queue ~= own or not enqueue_link(stream, link.type, link.args, words_of(link), fields) then
        leave_for(stream, queue, link, fields)
    end
end

-- Goes on with the chain of a job that is done; a member's link is a member while it stays in the queue.
local function start_next(stream, job, result)
    local links = read_links(job['then'])
    if not links or #links == 0 then return end
    local first = table.remove(links, 1)
    local trace = not first.trace and job.trace or nil
    start_link(stream, first, links, {input = result ~= '' and result or nil, batch = job.batch, trace = trace})
end

-- Counts what will never run.
local function end_chain(stream, job)
    local _, links = read_links(job['then'])
    if type(links) == 'number' and links > 0 then count(stream, 'skipped', links) end
end
