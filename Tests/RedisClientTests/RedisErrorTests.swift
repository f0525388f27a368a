import RedisClient
import Testing

@Suite("Errors of the server")
struct RedisErrorTests {
    @Test(
        arguments: [
            ("READONLY You can't write against a read only replica.", .readOnly, true),
            ("LOADING Redis is loading the dataset in memory", .loading, true),
            ("MISCONF Redis is configured to save RDB snapshots", .cannotPersist, true),
            ("OOM command not allowed when used memory > 'maxmemory'.", .outOfMemory, true),
            ("NOREPLICAS Not enough good replicas to write.", .tooFewReplicas, true),
            ("BUSY Redis is busy running a script.", .busy, true),
            ("NOAUTH Authentication required.", .authentication, false),
            ("WRONGPASS invalid username-password pair", .authentication, false),
            ("NOPERM this user has no permissions", .permission, false),
            ("WRONGTYPE Operation against a key", .wrongType, false), ("NOGROUP No such key", .noGroup, false),
            ("ERR Function not found", .functionMissing, false), ("MOVED 3999 127.0.0.1:6381", .moved, true),
            ("ASK 3999 127.0.0.1:6381", .moved, true), ("CLUSTERDOWN The cluster is down", .moved, true),
            ("MASTERDOWN Link with MASTER is down", .moved, true), ("TRYAGAIN Multiple keys request", .moved, true),
            ("ERR unknown command", .other, false), ("OOMPH", .other, false), ("", .other, false),
            ("OOM", .outOfMemory, true),
        ] as [(String, RedisError.Code, Bool)])
    func `are known by their first word`(line: String, code: RedisError.Code, isTransient: Bool) {
        let error = RedisError(reply: line)
        #expect(error.code == code && error.isTransient == isTransient)
        #expect(error.message == line && error.description == line)
        #expect(!error.mayHaveExecuted)
    }

    @Test(arguments: [
        ("REFUSED the batch has ended: open another", "The batch has ended: open another."),
        ("REFUSED", "Refused without a reason."),
    ])
    func `what a function refuses is told in a sentence`(line: String, sentence: String) {
        let error = RedisError(reply: line)
        #expect(error.code == .refused && !error.isTransient && error.message == sentence)
    }

    @Test func `only an answer that did not come leaves open what happened`() {
        for code in [.timeout, .connectionLost, .protocolViolation] as [RedisError.Code] {
            #expect(RedisError(code, "").mayHaveExecuted)
        }
        for code in [.unavailable, .outOfMemory, .readOnly, .other] as [RedisError.Code] {
            #expect(!RedisError(code, "").mayHaveExecuted)
        }
    }
}
