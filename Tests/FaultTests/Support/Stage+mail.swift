import JobQueue
import Jobs
import RedisClient
import TestSupport

/// Mail: its jobs, and what the record says of it.
extension Stage {
    /// Stores one mail for each number, to a reader of its own.
    func enqueueMail(_ numbers: Range<Int>, atLeastOnce: Bool, in queue: QueueName = .default) async {
        let jobs = numbers.map { number in
            NewJob(
                "email.send", queue: queue,
                args: Array(
                    """
                    {"to":"\(Self.reader(number))","from":"no-reply@school.example","subject":"Hello","text":"Hello",\
                    "atLeastOnce":\(atLeastOnce)}
                    """.utf8))
        }
        let answers = await JobQueue(queue, client: redis).enqueue(contentsOf: jobs)
        for (number, answer) in zip(numbers, answers) { journal.note(Self.reader(number), Self.reading(answer)) }
    }

    static func reader(_ number: Int) -> String { "reader\(number)@school.example" }

    /// The state of each reader's mail.
    var recordedMail: [String: String] {
        get async throws {
            let text = try await sql("SELECT recipient || ' ' || state FROM coursework.mail_messages")
            return text.split(separator: "\n").reduce(into: [:]) { states, line in
                let words = line.split(separator: " ")
                states[String(words[0])] = String(words[1])
            }
        }
    }
}
