import RedisRoles

/// `redis acl`: the list of what each role may do, with the hashes of passwords.
struct PrintAccessList: RedisVerb {
    static let actions: [String] = []

    private let folder: String?

    init(_ arguments: inout Arguments) throws { folder = try arguments.option("--accounts") }

    func run(_ setup: Setup) async throws {
        guard let folder = folder ?? setup.configuration.redis.accounts else {
            throw CommandFailure(
                .usage, "Say with --accounts in which folder the passwords are, or are to be made, a file each.")
        }
        let list = AccessList.shipped.text(passwords: try RedisAccounts(folder: folder).makeAll())
        for line in list.split(separator: "\n") { Terminal.print(String(line)) }
    }
}
