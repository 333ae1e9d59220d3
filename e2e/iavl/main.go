// Replays histories of writes on the Cosmos SDK's own multi store and prints what it makes of them.
//
// Each line of standard input is one history, each line of standard output its answer, both as JSON; bytes are hexadecimal.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"cosmossdk.io/log"
	"cosmossdk.io/store/metrics"
	"cosmossdk.io/store/rootmulti"
	"cosmossdk.io/store/types"
	dbm "github.com/cosmos/cosmos-db"
)

// write is one key with its new value; nil deletes it.
type write struct {
	Key   string  `json:"key"`
	Value *string `json:"value"`
}

// question asks for a key's value and proof as of a version.
type question struct {
	Version int64  `json:"version"`
	Store   string `json:"store"`
	Key     string `json:"key"`
}

// history holds the writes of each version by store, in key order, from version `initial` on.
type history struct {
	Names     []string             `json:"names"`
	Initial   int64                `json:"initial"`
	Versions  []map[string][]write `json:"versions"`
	Questions []question           `json:"questions"`
}

type proofOp struct {
	Type string `json:"type"`
	Key  string `json:"key"`
	Data string `json:"data"`
}

type proven struct {
	Value string    `json:"value"`
	Ops   []proofOp `json:"ops"`
}

type committed struct {
	Version int64             `json:"version"`
	Root    string            `json:"root"`
	Stores  map[string]string `json:"stores"`
}

type answer struct {
	Versions []committed `json:"versions"`
	Proofs   []proven    `json:"proofs"`
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<26)
	output := bufio.NewWriter(os.Stdout)
	for input.Scan() {
		var asked history
		must(json.Unmarshal(input.Bytes(), &asked))
		line, err := json.Marshal(replay(asked))
		must(err)
		_, err = fmt.Fprintf(output, "%s\n", line)
		must(err)
	}
	must(input.Err())
	must(output.Flush())
}

func replay(asked history) answer {
	store := rootmulti.NewStore(dbm.NewMemDB(), log.NewNopLogger(), metrics.NewNoOpMetrics())
	keys := map[string]*types.KVStoreKey{}
	for _, name := range asked.Names {
		keys[name] = types.NewKVStoreKey(name)
		store.MountStoreWithDB(keys[name], types.StoreTypeIAVL, nil)
	}
	must(store.LoadLatestVersion())
	must(store.SetInitialVersion(asked.Initial))
	result := answer{Versions: []committed{}, Proofs: []proven{}}
	for _, writes := range asked.Versions {
		result.Versions = append(result.Versions, commit(store, keys, writes))
	}
	for _, question := range asked.Questions {
		result.Proofs = append(result.Proofs, prove(store, question))
	}
	return result
}

func commit(store *rootmulti.Store, keys map[string]*types.KVStoreKey, writes map[string][]write) committed {
	for name, list := range writes {
		tree := store.GetKVStore(keys[name])
		for _, one := range list {
			if one.Value == nil {
				tree.Delete(bytes(one.Key))
			} else {
				tree.Set(bytes(one.Key), bytes(*one.Value))
			}
		}
	}
	id := store.Commit()
	stores := map[string]string{}
	for name, key := range keys {
		stores[name] = hex.EncodeToString(store.GetCommitKVStore(key).LastCommitID().Hash)
	}
	return committed{Version: id.Version, Root: hex.EncodeToString(id.Hash), Stores: stores}
}

func prove(store *rootmulti.Store, asked question) proven {
	request := &types.RequestQuery{Path: "/" + asked.Store + "/key", Data: bytes(asked.Key), Height: asked.Version, Prove: true}
	response, err := store.Query(request)
	must(err)
	if response.Code != 0 {
		panic(response.Log)
	}
	ops := []proofOp{}
	for _, op := range response.ProofOps.Ops {
		ops = append(ops, proofOp{op.Type, hex.EncodeToString(op.Key), hex.EncodeToString(op.Data)})
	}
	return proven{hex.EncodeToString(response.Value), ops}
}

func bytes(text string) []byte {
	decoded, err := hex.DecodeString(text)
	must(err)
	if decoded == nil {
		return []byte{}
	}
	return decoded
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
