import TestSupport

/// Something that may happen in a step.
struct Operation: Sendable {
    /// How often, compared with the others.
    let weight: Int
    let run: @Sendable (Simulation) async throws -> Void

    private static let all: [Operation] = producers + workers + people + upkeep + faults
    private static let total = all.reduce(0) { $0 + $1.weight }

    static func draw(using chance: inout SeededGenerator) -> Operation {
        var left = Int.random(in: 0..<total, using: &chance)
        return all.first { operation in
            left -= operation.weight
            return left < 0
        }!
    }
}
