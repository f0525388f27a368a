internal import FoundationEssentials
internal import Jobs

/// Jobs of a chain as Redis keeps them until it is their turn: JSON.
enum LinkText {
    static func of(_ links: [NewJob]) -> String { text(links.map(Link.init)) }

    static func of(_ link: NewJob) -> String { text(Link(job: link)) }

    private static func text(_ value: some Encodable) -> String {
        guard let data = try? JSONEncoder().encode(value) else { preconditionFailure("texts that are no JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}

/// One object: `type`, `args`, `queue`, `then`, and the options of `cw_enqueue` that the job asks for.
private struct Link: Encodable {
    let job: NewJob

    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        func add(_ name: String, _ value: String) throws { try object.encode(value, forKey: Key(stringValue: name)) }
        try add("type", job.type.name)
        try add("args", String(decoding: job.args, as: UTF8.self))
        try add("queue", job.queue.name)
        for (name, value) in JobQueue.options(of: job) { try add("\(name)", value) }
        if !job.links.isEmpty { try object.encode(job.links.map(Link.init), forKey: Key(stringValue: "then")) }
    }
}
