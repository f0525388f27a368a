import Decimals
import PostgresClient
package import QuizScoring
package import QuizStatistics

extension QuizRecord {
    /// Whose attempts are counted.
    package enum Counted: Sendable {
        case firstAttempts, allAttempts
    }

    /// The sums of a version, as they were kept since its first grade.
    package func sums(of quiz: String, version: Int, _ counted: Counted) async throws -> QuizSums {
        // One snapshot for the three tables.
        try await client.transaction(isolation: .repeatableRead) { transaction in
            try SumTables(quiz: quiz, version: version).read(counted, in: transaction)
        }
    }

    /// Computes the sums of a version anew, from its grades, and puts them in the place of those that were kept. Grading
    /// waits for it.
    package func recompute(_ quiz: Quiz, _ counted: Counted) async throws -> Recomputation {
        let tables = SumTables(quiz: quiz.id, version: quiz.version)
        return try await client.transaction { transaction in
            try tables.lock(in: transaction)
            let kept = [
                try tables.read(isFirst: true, in: transaction), try tables.read(isFirst: false, in: transaction),
            ]
            var anew = GradeCount(quiz, counted)
            try anew.run(in: transaction)
            let sums = [anew.first, anew.later]
            if kept != sums { try tables.replace(first: anew.first, later: anew.later, in: transaction) }
            return Recomputation(sums: anew.counted, efficiency: anew.efficiency, wasRight: kept == sums)
        }
    }
}
