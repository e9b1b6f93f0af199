// Judges a log of Glimpse by golang.org/x/mod/sumdb alone: signatures by note, hashes and proofs by tlog. It reads one
// JSON document on standard input and ends with 0 when everything that should hold does, and nothing else.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Size, Index int64
	Proof       []string
}

type consistency struct {
	From, Size int64
	Proof      []string
}

type told struct {
	Key string
	// Checkpoints by their size: the first is of one event.
	Checkpoints   []string
	Entries       []string
	Inclusions    []inclusion
	Consistencies []consistency
}

var failures int

func expect(ok bool, format string, args ...interface{}) {
	if ok {
		return
	}
	failures++
	if failures <= 20 {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
	}
}

func hashes(texts []string) []tlog.Hash {
	all := make([]tlog.Hash, 0, len(texts))
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		all = append(all, hash)
	}
	return all
}

// open checks the signature of a checkpoint and reads its three lines: tlog.ParseTree expects another header.
func open(text string, verifiers note.Verifiers) (int64, tlog.Hash, error) {
	opened, err := note.Open([]byte(text), verifiers)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != opened.Sigs[0].Name {
		return 0, tlog.Hash{}, fmt.Errorf("this is no checkpoint: %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return size, root, err
}

func changed(text string) string {
	bytes, _ := base64.StdEncoding.DecodeString(text)
	bytes[len(bytes)/2] ^= 1
	return base64.StdEncoding.EncodeToString(bytes)
}

func main() {
	var log told
	if err := json.NewDecoder(os.Stdin).Decode(&log); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	verifier, err := note.NewVerifier(log.Key)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	verifiers := note.VerifierList(verifier)

	roots := make([]tlog.Hash, len(log.Checkpoints)+1)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for at, index := range indexes {
			found[at] = stored[index]
		}
		return found, nil
	})
	for at, text := range log.Checkpoints {
		size, root, err := open(text, verifiers)
		expect(err == nil, "checkpoint %d: %v", at+1, err)
		expect(size == int64(at+1), "checkpoint %d is of %d", at+1, size)
		roots[at+1] = root
		more, err := tlog.StoredHashes(int64(at), []byte(log.Entries[at]), reader)
		expect(err == nil, "entry %d: %v", at, err)
		stored = append(stored, more...)
		own, err := tlog.TreeHash(int64(at+1), reader)
		expect(err == nil && own == root, "the root of %d events is another", at+1)
		_, _, err = open(strings.Replace(text, fmt.Sprintf("\n%d\n", at+1), fmt.Sprintf("\n%d\n", at+2), 1), verifiers)
		expect(err != nil, "checkpoint %d: a changed size was accepted", at+1)
	}

	for _, one := range log.Inclusions {
		leaf := tlog.RecordHash([]byte(log.Entries[one.Index]))
		root := roots[one.Size]
		proof := tlog.RecordProof(hashes(one.Proof))
		expect(tlog.CheckRecord(proof, one.Size, root, one.Index, leaf) == nil, "inclusion %d in %d", one.Index, one.Size)
		expect(tlog.CheckRecord(proof, one.Size, root, one.Index, tlog.RecordHash([]byte("another"))) != nil, "inclusion %d in %d of another", one.Index, one.Size)
		for at := range one.Proof {
			forged := append([]string(nil), one.Proof...)
			forged[at] = changed(forged[at])
			expect(tlog.CheckRecord(hashes(forged), one.Size, root, one.Index, leaf) != nil, "inclusion %d in %d, changed", one.Index, one.Size)
		}
	}
	for _, one := range log.Consistencies {
		proof := tlog.TreeProof(hashes(one.Proof))
		old, root := roots[one.From], roots[one.Size]
		expect(tlog.CheckTree(proof, one.Size, root, one.From, old) == nil, "consistency %d to %d", one.From, one.Size)
		expect(tlog.CheckTree(proof, one.Size, root, one.From, tlog.RecordHash([]byte("fork"))) != nil, "consistency %d to %d of a fork", one.From, one.Size)
		for at := range one.Proof {
			forged := append([]string(nil), one.Proof...)
			forged[at] = changed(forged[at])
			expect(tlog.CheckTree(hashes(forged), one.Size, root, one.From, old) != nil, "consistency %d to %d, changed", one.From, one.Size)
		}
	}
	if failures > 0 {
		fmt.Fprintf(os.Stderr, "%d failures\n", failures)
		os.Exit(1)
	}
	fmt.Printf("checkpoints %d, inclusions %d, consistencies %d\n", len(log.Checkpoints), len(log.Inclusions), len(log.Consistencies))
}
