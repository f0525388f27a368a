import DeadLetters
import Jobs
import Platform
import RedisClient
import Reports
import Sealing

extension DirectControl {
    private var office: LetterOffice { LetterOffice(setup.configuration.queues, client: client) }

    func letters(_ selection: LetterSelection, limit: Int) async throws -> LettersReport {
        let (letters, more) = try await office.latest(try await filter(selection), limit: limit)
        return LettersReport(letters, more: more)
    }

    func groups(_ selection: LetterSelection, limit: Int) async throws -> [GroupReport] {
        try await office.groups(try await filter(selection), limit: limit).map(GroupReport.init)
    }

    func letter(_ id: LetterID, opened: Bool) async throws -> LetterReport {
        let letter = try await existing(id)
        return LetterReport(opened ? letter.revealed(by: queue(id.queue).vault) : letter)
    }

    /// Letters that are named must all be there before anything is done to one.
    private func filter(_ selection: LetterSelection) async throws -> DeadFilter {
        let needsNow = selection.after != nil || selection.before != nil
        let filter = selection.filter(now: needsNow ? try await office.now() : 0)
        if let missing = try await office.missing(in: filter) { throw CommandFailure.noLetter(missing) }
        return filter
    }

    private func existing(_ id: LetterID) async throws -> DeadLetter {
        let letter = try await office.letter(id)
        guard let letter else { throw CommandFailure.noLetter(id) }
        return letter
    }

    func summary(of selection: LetterSelection, to verb: String) async throws -> SummaryReport {
        SummaryReport(try await office.summary(of: try await filter(selection)))
    }

    func delete(_ selection: LetterSelection, rate: ReplayRate?, while mayGoOn: @Sendable () -> Bool) async throws
        -> Int
    {
        let filter = try await filter(selection)
        let deletion = Deletion(filter, in: office.stores, rate: rate, until: try await office.now(), loop: loop)
        let deleted = try await deletion.run { _ in mayGoOn() }
        setup.note.count("deleted", deleted)
        return deleted
    }

    func export(_ selection: LetterSelection, to write: ([UInt8]) -> Void) async throws {
        let filter = try await filter(selection)
        var export = LetterExport(office.stores(for: filter), filter, now: try await office.now())
        while export.place != nil { write(try await export.next()) }
    }

    func importLetters(_ lines: [UInt8]) async throws -> (imported: Int, all: Int) {
        let file = try LetterFile(lines, queues: setup.configuration.queues)
        var imported = 0
        do {
            for store in office.stores {
                imported += try await store.add(file.letters.filter { $0.id.queue == store.name })
            }
        } catch {
            throw CommandFailure(.failed, "\(CommandFailure.halfImported) \(error.message)")
        }
        setup.note.count("imported", imported)
        return (imported, file.letters.count)
    }

    // MARK: Editing

    func edit(_ letter: LetterReport, args: [UInt8], isUnchecked: Bool, isDryRun: Bool) async throws -> LetterEditReport
    {
        let id = try DeadOffice.id(letter.id)
        let former = letter.args
        let letter = try await existing(id)
        guard String(decoding: letter.args, as: UTF8.self) == former else { throw CommandFailure.letterChanged(id) }
        try check(args, of: letter, isUnchecked: isUnchecked)
        let old: [UInt8]
        do throws(SealFailure) { old = try queue(id.queue).vault.open(letter.args, of: letter.type) } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        let differences = PayloadEdit.differences(from: old, to: args)
        if !isDryRun, args != old { try await store(args, in: letter) }
        return LetterEditReport(id, isEdited: !isDryRun && !differences.isEmpty, differences)
    }

    /// Whatever is stored can be decoded by a worker of this version.
    private func check(_ new: [UInt8], of letter: DeadLetter, isUnchecked: Bool) throws {
        let limit = setup.configuration.tolerance.argsBytes
        guard new.count <= limit else {
            throw CommandFailure(.failed, "The payload would be \(new.count) bytes, and at most \(limit) are allowed.")
        }
        let registry = try setup.registry(diagnostics: true, logger: .silent)
        guard let job = JobType(letter.type).flatMap({ registry[$0] }) else {
            if isUnchecked { return }
            throw CommandFailure(
                .failed,
                "This program knows no type '\(Terminal.line(letter.type, atMost: 64))', so it cannot check the payload; with --unchecked it need not."
            )
        }
        do { try job.validate(new[...]) } catch { throw CommandFailure(.failed, Terminal.printable("\(error)")) }
        guard !isUnchecked, let sentence = PayloadRefusal.sentence(new, of: job, limit: limit) else { return }
        throw CommandFailure(.failed, sentence + " With --unchecked it is stored all the same.")
    }

    private func store(_ new: [UInt8], in letter: DeadLetter) async throws {
        switch try await LetterStore(letter.id.queue, client: client).edit(letter, args: new, by: Person.name) {
        case .edited: setup.note.count("edited", 1)
        case .gone: throw CommandFailure.letterGone(letter.id)
        case .changed: throw CommandFailure.letterChanged(letter.id)
        }
    }

    // MARK: Replaying

    func replays() async throws -> [ReplayReport] { try await office.replays().map(ReplayReport.init) }

    func begin(_ selection: LetterSelection, rate: ReplayRate?) async throws -> any DrivenReplay {
        let filter = try await filter(selection)
        return OwnReplay(
            replay: try await Replay.begin(filter, in: office.stores, rate: rate, by: Person.name, loop: loop))
    }

    func resume(_ replay: String, rate: ReplayRate?) async throws -> any DrivenReplay {
        OwnReplay(
            replay: try await Replay.resume(replay, in: office.stores, rate: rate, by: Person.name, loop: loop))
    }

    func abort(_ replay: String) async throws -> Bool {
        var isAborted = false
        for store in office.stores where try await store.abort(replay: replay, by: Person.name) { isAborted = true }
        return isAborted
    }
}

/// A replay that this process drives.
private struct OwnReplay: DrivenReplay {
    let replay: Replay

    var id: String { replay.id }
    var advice: String { "Stopped. Go on with: coursework dead replay --resume \(id)" }

    func run(_ progress: (Replay.Progress) async -> Bool) async throws -> Bool {
        do { return try await replay.run(progress) } catch let error as RedisError {
            throw CommandFailure(
                error.isTransient ? .unavailable : .failed,
                "\(error) Go on with: coursework dead replay --resume \(id)")
        }
    }
}
