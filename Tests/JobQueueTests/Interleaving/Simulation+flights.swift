/// How what a worker says reaches Redis, and how the answers reach the worker.
extension Simulation {
    /// What becomes of a call.
    private enum Fate {
        case answered, answerIsLate, answerIsLost, callIsLate

        static func draw(using simulation: Simulation) -> Fate {
            switch simulation.draw(1...100) {
            case ...76: .answered
            case ...84: .answerIsLate
            case ...92: .callIsLate
            default: .answerIsLost
            }
        }
    }

    func say(_ call: any Call, by worker: SimulatedWorker) async throws {
        worker.begins(call)
        switch Fate.draw(using: self) {
        case .answered: worker.learns(try await perform(call, by: worker))
        case .answerIsLate:
            let answer = try await perform(call, by: worker)
            worker.flights.append(Flight(call: call, answer: answer, arrival: step + draw(1...12)))
        case .callIsLate: sendLate(call, by: worker)
        case .answerIsLost: try await perform(call, by: worker, andLoseAnswer: ())
        }
    }

    func sendLate(_ call: any Call, by worker: SimulatedWorker) {
        note("\(worker.name) will \(call.text)")
        worker.flights.append(Flight(call: call, answer: nil, arrival: step + draw(1...12)))
    }

    func perform(_ call: any Call, by worker: SimulatedWorker) async throws -> Answer {
        note("\(worker.name) \(call.text)")
        let answer = try await call.perform(by: worker, in: self)
        note("-> \(answer.text)")
        return answer
    }

    /// What must be known is asked again; sometimes the worker gives it up instead.
    private func perform(_ call: any Call, by worker: SimulatedWorker, andLoseAnswer: Void) async throws {
        _ = try await perform(call, by: worker)
        note("-> the answer is lost")
        if call.isRepeated, happens(75) {
            worker.flights.append(Flight(call: call, answer: nil, arrival: step + draw(1...12)))
        } else {
            worker.givesUp(call)
        }
    }

    /// Everything that arrives by now arrives: also what a worker said before it died.
    func deliverFlights() async throws {
        for worker in workers + ghosts where worker.frozenUntil <= step {
            let due = worker.flights.filter { $0.arrival <= step }
            worker.flights.removeAll { $0.arrival <= step }
            for flight in due {
                if let answer = flight.answer {
                    note("\(worker.name) reads: \(answer.text)")
                    worker.learns(answer)
                } else {
                    worker.learns(try await perform(flight.call, by: worker))
                }
            }
        }
    }
}
