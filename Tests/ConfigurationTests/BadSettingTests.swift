import Testing

@Suite struct BadSettingTests {
    @Test(arguments: settings + times + queues + pools + policies + schedules)
    func `a wrong setting is named with its line and remedy`(file: BadFile) {
        let lines = file.complaint.split(separator: "\n").map { "test.json5:\($0)" }
        #expect(complaint(about: file.text) == lines.joined(separator: "\n"))
    }

    private static let settings = [
        BadFile("a misspelt setting", "{\n reds: {} }", "2: 'reds' is not a setting; did you mean 'redis'?"),
        BadFile(
            "an unknown setting", "{ log: {\n colour: 1 } }",
            "2: 'colour' is not a setting of log; use level or format."),
        BadFile(
            "a collector without a scheme", "{ tracing: { endpoint: 'localhost:4318' } }",
            """
            1: 'endpoint': this is no address of a collector; write http://HOST:4318, with nothing behind it but a path.
            """),
        BadFile(
            "more than all traces", "{ tracing: { sample: 1.5 } }",
            "1: 'sample' is not within 0 and 1; write a number from 0 to 1, such as 0.1."),
        BadFile(
            "a sample that is text", "{ tracing: { sample: '10%' } }",
            "1: 'sample' is text; write a number from 0 to 1, such as 0.1."),
        BadFile("a section that is no object", "{ log: 'info' }", "1: 'log' is text; write an object in { }."),
        BadFile("a text that is a number", "{ dataFolder: 1 }", "1: 'dataFolder' is a number; write text in quotes."),
        BadFile("an empty folder", "{ dataFolder: '' }", "1: 'dataFolder' is empty; write a path."),
        BadFile("a null", "{ dataFolder: null }", "1: 'dataFolder' is null; write text in quotes."),
        BadFile(
            "a folder and a bucket", "{ storage: { folder: '/a',\n s3: { endpoint: 'https://h', bucket: 'files' } } }",
            "1: 's3' is set too; keep one of them."),
        BadFile(
            "a bucket without its server", "{ storage: { s3: { bucket: 'files' } } }",
            "1: 'endpoint' is missing; add it, such as \"https://s3.eu-central-1.amazonaws.com\"."),
        BadFile(
            "a type to seal that is none", "{ encryption: {\n types: ['email.send', 'email'] } }",
            "2: 'email' is no job type; write one such as \"email.send\", \"email.*\" for those of a domain, or \"*\" for all."
        ),
        BadFile(
            "a key that is listed twice", "{ encryption: { keyFiles: ['1.key',\n '1.key'] } }",
            "2: '1.key' is listed twice; keep one."),
        BadFile(
            "types to seal that are no list", "{ encryption: { types: 'email.send' } }",
            "1: 'types' is text; write a list such as [\"email.*\"]."),
        BadFile(
            "an address without a port", "{ server: { listen: '127.0.0.1' } }",
            "1: 'listen' is no address; write \"127.0.0.1:8080\" or \"[::1]:8080\"."),
        BadFile(
            "a name to listen at", "{ server: { listen: 'localhost:80' } }",
            "1: 'listen' is no address; write \"127.0.0.1:8080\" or \"[::1]:8080\"."),
        BadFile(
            "a public URL with a path", "{ server: { publicURL: 'https://learn.example.org/x' } }",
            "1: 'publicURL': this is no such address; write https://HOST, with nothing behind it."),
        BadFile(
            "keys of tokens in no place", "{ server: { jwt: { issuer: 'https://i', audience: 'a' } } }",
            "1: the keys are to be in one place; write 'jwksFile' or 'jwksURL'."),
        BadFile(
            "keys of tokens in two places",
            "{ server: { jwt: { issuer: 'i', audience: 'a', jwksFile: '/k', jwksURL: 'https://h/k' } } }",
            "1: the keys are to be in one place; write 'jwksFile' or 'jwksURL'."),
        BadFile(
            "keys of tokens that come in the clear",
            "{ server: { jwt: { issuer: 'i', audience: 'a', jwksURL: 'http://login.example.org/k' } } }",
            """
            1: 'jwksURL': this is no such address; write https://HOST/PATH, or http:// for this machine, \
            http://127.0.0.1:8081/keys.
            """),
        BadFile(
            "tokens of anybody", "{ server: { jwt: { audience: 'a', jwksFile: '/k' } } }",
            "1: 'issuer' is missing; add it, such as \"https://login.example.org\"."),
        BadFile(
            "tokens for anybody", "{ server: { jwt: { issuer: 'i', audience: '', jwksFile: '/k' } } }",
            "1: 'audience' is empty; write one, such as \"coursework\"."),
        BadFile(
            "a certificate without its key", "{ server: { tls: { certificateFile: '/c' } } }",
            "1: 'keyFile' is missing; add it, a file in PEM."),
        BadFile(
            "a rate that is none", "{ server: { rateLimit: { key: '5 a second' } } }",
            "1: 'key' is no number of requests in a time; write such as \"100/1s\", or null for no limit."),
        BadFile(
            "a wrong escape", "{ dataFolder: '\\q' }",
            "1: 'dataFolder' is not a value that can be read; write text in quotes."),
        BadFile(
            "a URL of another scheme", "{ redis: { url: 'http://h' } }",
            "1: 'url': this is no Redis URL; write redis://HOST:PORT, rediss://HOST:PORT or unix:///PATH."),
        BadFile(
            "two passwords", "{ redis: { url: 'redis://:p@h',\n passwordFile: '/p' } }",
            "2: 'url' holds a password too; remove it there and keep 'passwordFile'."),
        BadFile(
            "a level that is near", "{ log: { level: 'Info' } }", "1: 'Info' is not a log level; did you mean 'info'?"),
        BadFile(
            "a format that is not there", "{ log: { format: 'xml' } }",
            "1: 'xml' is not a log format; use auto, json or text."),
        BadFile(
            "a number out of range", "{ tolerance: { argsBytes: 1 } }",
            "1: 'argsBytes' is 1; write a whole number from 1024 to 67108864."),
        BadFile(
            "a number beyond all integers", "{ tolerance: { argsBytes: 1e99 } }",
            "1: 'argsBytes' is a number; write a whole number from 1024 to 67108864."),
        BadFile(
            "a setting twice", "{\n dataFolder: '/a',\n 'dataF\\u006Flder': '/b' }",
            "3: 'dataFolder' is already set on line 2; keep one of the two."),
        BadFile(
            "an unknown domain", "{ workers: {\n emial: {} } }", "2: 'emial' is not a job domain; did you mean 'email'?"
        ),
        BadFile(
            "a domain that is no object", "{ workers: {\n email: 1 } }",
            "2: 'email' is a number; write an object in { }."),
    ]

    private static let times = [
        BadFile(
            "a duration without unit", "{ lease: { duration: '15' } }",
            "1: 'duration' has no unit; write \"15s\" for seconds (ms, s, m, h and d are known)."),
        BadFile(
            "a duration as a number", "{ lease: { duration: 15 } }",
            "1: 'duration' is a number; write a duration with its unit in quotes, such as \"15s\"."),
        BadFile(
            "a duration without quotes", "{ lease: { duration: 15s } }",
            "1: 'duration' is not a value that can be read; write a duration with its unit in quotes, such as \"15s\"."),
        BadFile(
            "a duration of two units", "{ lease: { duration: '1m30s' } }",
            "1: 'duration' is no duration; write a whole number and a unit, such as \"250ms\", \"15s\" or \"5m\"."),
        BadFile(
            "a lease without end", "{ lease: { duration: '9d' } }",
            "1: 'duration' is 9d; write a duration from 100ms to 1h."),
        BadFile(
            "a first look that comes after the last", "{ outbox: { checkAfter: '2m',\n checkAtLeastEvery: '1m' } }",
            "1: 'checkAfter' is 2m, longer than 'checkAtLeastEvery'; write \"1m\" or less."),
        BadFile(
            "a renewal that is too rare", "{ lease: {\n duration: '15s',\n renewEvery: '6s' } }",
            "3: 'renewEvery' is 6s, longer than a third of the lease; write \"5s\" or less, or a longer 'duration'."),
        BadFile(
            "a lease too short for the default renewal", "{ lease: {\n duration: '4s' } }",
            "2: 'renewEvery' is 3s, longer than a third of the lease; write \"1333ms\" or less, or a longer 'duration'."
        ),
        BadFile(
            "a rescue that is too rare", "{ lease: {\n rescueEvery: '16s' } }",
            "2: 'rescueEvery' is 16s, longer than the lease; write \"15s\" or less, or a longer 'duration'."),
        BadFile(
            "no drain", "{ pools: { media: { queues: ['media'],\n drain: '0s' } }, queues: ['media'] }",
            "2: 'drain' is 0s; write a duration from 1ms to 1d."),
    ]

    private static let queues = [
        BadFile(
            "queues as text", "{ queues: 'a' }",
            "1: 'queues' is text; write a list of queue names, such as [\"default\"]."),
        BadFile("no queues", "{ queues: [] }", "1: 'queues' is empty; name at least one queue."),
        BadFile(
            "a queue's name in capitals", "{ queues: [\n'Emails'] }",
            "2: 'Emails' is no queue name; use 1 to 64 lower-case letters, digits, '_' and '-'."),
        BadFile(
            "a queue that is a number", "{ queues: [\n1] }", "2: a queue's name is a number; write text in quotes."),
        BadFile("a queue twice", "{ queues: ['a',\n'a'] }", "2: 'a' is listed twice; keep one."),
        BadFile(
            "a queue that no pool serves", "{ queues: ['emails', 'default', 'notifications', 'media',\n 'extra'] }",
            "2: no pool serves 'extra'; add it to the queues of a pool, or remove it from 'queues'."),
        BadFile(
            "a default queue that no pool serves",
            "{\n pools: { main: { queues: ['emails', 'default', 'notifications'] } } }",
            "2: no pool serves 'media'; add it to the queues of a pool, or remove it from 'queues'."),
        BadFile(
            "a queue of a pool that is not declared", "{ queues: ['a'], pools: { one: { queues: ['a',\n 'x'] } } }",
            "2: pool 'one' serves 'x', which 'queues' does not declare; add it to 'queues'."),
        BadFile(
            "a queue of a default pool that is not declared", "{\n queues: ['emails', 'default', 'notifications'] }",
            "2: pool 'media' serves 'media', which 'queues' does not declare; add it to 'queues'."),
        BadFile(
            "a misspelt queue of a pool",
            "{ queues: ['a', 'mail'], pools: { one: { queues: ['a', 'mail',\n 'mial'] } } }",
            "2: pool 'one' serves 'mial', which 'queues' does not declare; did you mean 'mail'?"),
    ]

    private static let pools = [
        BadFile("no pools", "{ pools: {} }", "1: 'pools' is empty; describe at least one pool."),
        BadFile(
            "a misspelt setting of a pool", "{ queues: ['a'], pools: { one: { queues: ['a'],\n slotz: 1 } } }",
            "2: 'slotz' is not a setting of a pool; did you mean 'slots'?"),
        BadFile(
            "a pool without queues", "{ queues: ['a'], pools: {\n one: { slots: 1 } } }",
            "2: this pool serves no queue; add its list, such as queues: [\"default\"]."),
        BadFile(
            "a pool with an empty list", "{ queues: ['a'], pools: {\n one: { queues: [] } } }",
            "2: 'queues' is empty; name at least one queue."),
        BadFile(
            "a pool's name", "{ queues: ['a'], pools: {\n 'One!': { queues: ['a'] } } }",
            "2: this name is no name for a pool; use 1 to 64 lower-case letters, digits, '_' and '-'."),
        BadFile(
            "no slots", "{ queues: ['a'], pools: { one: { queues: ['a'],\n slots: 0 } } }",
            "2: 'slots' is 0; write a whole number from 1 to 10000."),
        BadFile(
            "too many slots", "{ queues: ['a'], pools: { one: { queues: ['a'],\n slots: 10001 } } }",
            "2: 'slots' is 10001; write a whole number from 1 to 10000."),
        BadFile(
            "half a slot", "{ queues: ['a'], pools: { one: { queues: ['a'],\n slots: 1.5 } } }",
            "2: 'slots' is a number; write a whole number from 1 to 10000."),
        BadFile(
            "an unknown order", "{ queues: ['a'], pools: { one: { queues: ['a'],\n order: 'weighted' } } }",
            "2: 'order' is neither \"strict\" nor weights; "
                + "write \"strict\", or a weight for each queue like { emails: 6, default: 1 }."),
        BadFile(
            "a weight for a queue of another pool",
            "{ queues: ['a'], pools: { one: { queues: ['a'], order: { a: 1,\n b: 2 } } } }",
            "2: 'b' is no queue of this pool; add it to 'queues' or remove its weight."),
        BadFile(
            "a queue without weight",
            "{ queues: ['a', 'b'], pools: { one: { queues: ['a', 'b'],\n order: { a: 1 } } } }",
            "2: 'b' has no weight; add one, such as \"b\": 1."),
        BadFile(
            "a weight of nothing", "{ queues: ['a'], pools: { one: { queues: ['a'],\n order: { a: 0 } } } }",
            "2: 'a' is 0; write a whole number from 1 to 1000."),
        BadFile(
            "several mistakes",
            "{ queues: ['a'],\n pools: {\n one: { queues: ['x'],\n slotz: 1,\n slots: -1 } },\n log: { level: 1 } }",
            """
            3: pool 'one' serves 'x', which 'queues' does not declare; add it to 'queues'.
            4: 'slotz' is not a setting of a pool; did you mean 'slots'?
            5: 'slots' is -1; write a whole number from 1 to 10000.
            6: 'level' is a number; write text in quotes.
            """),
    ]

    private static let policies =
        [
            BadFile(
                "a policy for no type", "{ policies: {\n send: {} } }",
                "2: 'send' is no job type; write domain.verb, such as \"email.send\"."),
            BadFile(
                "negative retries", "{ policies: { 'a.b': {\n retries: -1 } } }",
                "2: 'retries' is -1; write a whole number from 0 to 1000."),
            BadFile(
                "a base above the cap", "{ policies: { 'a.b': {\n base: '2h',\n cap: '60m' } } }",
                "2: 'base' is 2h, longer than the 'cap' of 1h; lower it or raise the cap."),
        ]
        + ["0", "-1", "'0s'", "'0'", "''", "null", "'never'", "60"].map { written in
            BadFile(
                "a deadline of \(written)", "{ policies: { 'a.b': {\n deadline: \(written) } } }",
                "2: 'deadline' is no time; write \"none\" for no deadline, or a duration such as \"60s\".")
        }

    private static func schedule(_ name: String, _ settings: String, _ complaint: String) -> BadFile {
        BadFile(name, "{ schedules: { report: { \(settings) } } }", complaint)
    }

    private static let schedules = [
        BadFile(
            "a schedule with a wrong name", "{ schedules: {\n 'Report!': { cron: '@daily', type: 'a.b' } } }",
            "2: this name is no name for a schedule; use 1 to 64 lower-case letters, digits, '_' and '-'."),
        BadFile(
            "a schedule that is a line", "{ schedules: {\n report: '@daily' } }",
            "2: 'report' is text; write an object in { }."),
        schedule(
            "a schedule without a line", "\n type: 'a.b'",
            "1: this schedule has no 'cron'; add when it fires, such as \"0 3 * * *\"."),
        schedule(
            "a schedule without a type", "\n cron: '@daily'",
            "1: this schedule has no 'type'; add the job's, such as \"email.send\"."),
        schedule(
            "a schedule of no type", "cron: '@daily',\n type: 'report'",
            "2: 'report' is no job type; write domain.verb, such as \"email.send\"."),
        schedule(
            "an unknown setting of a schedule", "type: 'a.b', cron: '@daily',\n zone: 'UTC'",
            "2: 'zone' is not a setting of a schedule; use cron, timeZone, type, queue, args or missed."),
        schedule(
            "a wrong field", "type: 'a.b',\n cron: '0 25 * * *'",
            "2: 'cron' has '25' as its hour; write 0 to 23, a range such as 2-5, a step such as */2 or 2-5/2, "
                + "a list of those, or *."),
        schedule(
            "a line that never fires", "type: 'a.b',\n cron: '0 0 30 feb *'",
            "2: 'cron' never fires: no such day is in the calendar; correct its day or its month."),
        schedule(
            "a zone that is not there", "type: 'a.b', cron: '@daily',\n timeZone: 'Europe/Berlln'",
            "2: 'timeZone' is 'Europe/Berlln', and this machine knows no such time zone; write one such as "
                + "\"Europe/Berlin\", or install the Debian package tzdata."),
        schedule(
            "a hostile zone", "type: 'a.b', cron: '@daily',\n timeZone: '../../etc/passwd'",
            "2: 'timeZone' is no name of a time zone; write one such as \"Europe/Berlin\" or \"UTC\"."),
        schedule(
            "a queue that is not there", "type: 'a.b', cron: '@daily',\n queue: 'defalt'",
            "2: the queue of this schedule is 'defalt', which 'queues' does not declare; did you mean 'default'?"),
        BadFile(
            "no queue where there is no default one",
            "{ queues: ['a'], pools: { one: { queues: ['a'] } },\n schedules: {\n report: { type: 'a.b', cron: '@daily' } } }",
            "3: the queue of this schedule is 'default', which 'queues' does not declare; add it to 'queues'."),
        schedule(
            "a queue that is no name", "type: 'a.b', cron: '@daily',\n queue: 'A'",
            "2: 'A' is no queue name; use 1 to 64 lower-case letters, digits, '_' and '-'."),
        schedule(
            "args that are a list", "type: 'a.b', cron: '@daily',\n args: [1]",
            "2: 'args' is a list; write an object in { }."),
        schedule(
            "args with a number that is none", "type: 'a.b', cron: '@daily',\n args: { a: NaN }",
            "2: 'args' holds a number that JSON cannot write; use a finite one."),
        schedule(
            "args with what cannot be read", "type: 'a.b', cron: '@daily', args: {\n a: 25s }",
            "2: this is not a value that can be read; check its quotes, backslashes and digits."),
        BadFile(
            "args that no worker takes",
            "{ tolerance: { argsBytes: 1024 }, schedules: { s: { type: 'a.b', cron: '@daily',\n args: { a: '"
                + String(repeating: "x", count: 1024) + "' } } } }",
            "2: 'args' has 1032 bytes of JSON, and workers take 1024; shorten it, or raise 'tolerance.argsBytes'."),
        schedule(
            "a rule that is not there", "type: 'a.b', cron: '@daily',\n missed: 'none'",
            "2: 'none' is not a rule for missed fire times; use skip, latest or all."),
    ]
}
