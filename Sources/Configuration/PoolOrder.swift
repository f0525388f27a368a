public import Jobs

/// Which of a pool's queues a free slot takes its next job from.
public enum PoolOrder: Sendable, Equatable {
    /// The first queue that has a job, in the order of the pool's list.
    case strict
    /// By lot: a queue of weight 6 is asked first six times as often as one of weight 1. Every queue of the pool has a
    /// weight, 1 to 1000.
    case weighted([QueueName: Int])
}

extension PoolOrder {
    private static let remedy = "write \"strict\", or a weight for each queue like { emails: 6, default: 1 }."

    /// Reads `"strict"` or an object of weights. The queues are the pool's; when they could not be read they are empty,
    /// and the weights are not compared with them.
    init?(reading key: String, of pool: SettingsObject, queues: [QueueName]) {
        switch pool.members[key] {
        case nil: return nil
        case .text("strict"): self = .strict
        case .object(let members):
            let weights = SettingsObject(path: pool.path + [key], members: members, findings: pool.findings)
            self = .weighted(Self.read(weights, queues: queues))
        default:
            pool.refuse(key, "'\(key)' is neither \"strict\" nor weights; \(Self.remedy)")
            return nil
        }
    }

    private static func read(_ object: SettingsObject, queues: [QueueName]) -> [QueueName: Int] {
        var weights: [QueueName: Int] = [:]
        for name in object.members.keys {
            guard let weight = object.integer(name, in: 1...1000) else { continue }
            guard let queue = QueueName(name), queues.isEmpty || queues.contains(queue) else {
                object.refuse(name, "\(shown(name)) is no queue of this pool; add it to 'queues' or remove its weight.")
                continue
            }
            weights[queue] = weight
        }
        for queue in queues where object.members[queue.name] == nil {
            object.refuse(nil, "'\(queue)' has no weight; add one, such as \"\(queue)\": 1.")
        }
        return weights
    }
}
