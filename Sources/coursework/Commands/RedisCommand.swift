/// `coursework redis`: who may do what there, and the functions.
struct RedisCommand: Command {
    static let name = "redis"
    static let summary = "close a Redis to all but the roles of Coursework, and bring it the functions"
    static let help = """
        Closes a Redis to all but the roles of Coursework, and brings it the functions.

        Usage: coursework redis acl --accounts DIR
               coursework redis load

          acl            makes a password for each role that has none in the folder yet, a file each that
                         only its owner can read, and prints what each role may do, with hashes of the
                         passwords, as redis.conf's aclfile takes it
            --accounts   the folder (default: redis.accounts of the configuration)
          load           brings the functions, where Redis has none or older ones, as the role deploy:
                         before workers of a new version start. No other role may do that

          --config FILE  the configuration

        The roles are web, worker, relay, operator (the shell and coursework serve), metrics and deploy.
        With redis.accounts, or REDIS_ACCOUNTS, each program signs in as its own. To change passwords,
        take the files away, print the list anew, and ACL LOAD it.

        Example: coursework redis acl --accounts /etc/coursework/redis > /etc/redis/users.acl
        """

    private static let verbs: [String: any RedisVerb.Type] = [
        "acl": PrintAccessList.self, "load": LoadFunctions.self,
    ]

    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }

    private let setup: Setup
    private let verb: any RedisVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what to do with Redis").init(&arguments)
    }

    func run() async throws { try await verb.run(setup) }
}
