// Follows a chain over its RPC with CometBFT's own light client, and checks proofs of keys with the Cosmos SDK's own
// proof runtime. It prints one line of JSON for each thing it has verified, and ends with 1 at the first that it refuses.
//
//	light follow sequential|skipping URL CHAIN_ID HEIGHT...
//	light blocks URL CHAIN_ID LAST_HEIGHT
//	light prove URL CHAIN_ID STORE HEX_KEY HEIGHT
package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"cosmossdk.io/store/rootmulti"
	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/crypto/merkle"
	"github.com/cometbft/cometbft/light"
	"github.com/cometbft/cometbft/light/provider"
	httpprovider "github.com/cometbft/cometbft/light/provider/http"
	lightdb "github.com/cometbft/cometbft/light/store/db"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/cometbft/cometbft/state"
	"github.com/cometbft/cometbft/types"
)

// Blocks of tests may have any time since 1970.
const trustingPeriod = 100 * 365 * 24 * time.Hour

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	ctx := context.Background()
	if len(args) >= 5 && args[0] == "follow" {
		return follow(ctx, args[1], args[2], args[3], args[4:])
	}
	if len(args) == 4 && args[0] == "blocks" {
		return blocks(ctx, args[1], args[2], args[3])
	}
	if len(args) == 6 && args[0] == "prove" {
		return prove(ctx, args[1], args[2], args[3], args[4], args[5])
	}
	return errors.New("usage: light follow MODE URL CHAIN_ID HEIGHT... | light blocks URL CHAIN_ID LAST_HEIGHT | light prove URL CHAIN_ID STORE HEX_KEY HEIGHT")
}

func follow(ctx context.Context, mode, url, chainID string, heights []string) error {
	client, err := newClient(ctx, mode, url, chainID)
	if err != nil {
		return err
	}
	for _, text := range heights {
		height, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		block, err := client.VerifyLightBlockAtHeight(ctx, height, time.Now())
		if err != nil {
			return fmt.Errorf("height %d: %w", height, err)
		}
		if err := print(map[string]any{"height": block.Height, "hash": block.Hash(), "appHash": block.AppHash}); err != nil {
			return err
		}
	}
	return nil
}

// What a full node checks of a block beside the light client's rules: its parts, its last commit with every signature and
// the median of their times, the results of the block before, and the consensus parameters.
func blocks(ctx context.Context, url, chainID, text string) error {
	last, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return err
	}
	rpc, err := rpchttp.New(url, "/websocket")
	if err != nil {
		return err
	}
	results := types.NewResults(nil).Hash()
	for height := int64(1); height <= last; height++ {
		if results, err = checkBlock(ctx, rpc, chainID, height, results); err != nil {
			return fmt.Errorf("block %d: %w", height, err)
		}
	}
	return print(map[string]any{"height": last})
}

func checkBlock(ctx context.Context, rpc *rpchttp.HTTP, chainID string, height int64, results []byte) ([]byte, error) {
	answer, err := rpc.Block(ctx, &height)
	if err != nil {
		return nil, err
	}
	block := answer.Block
	if err := block.ValidateBasic(); err != nil {
		return nil, err
	}
	parts, err := block.MakePartSet(types.BlockPartSizeBytes)
	if err != nil {
		return nil, err
	}
	if id := (types.BlockID{Hash: block.Hash(), PartSetHeader: parts.Header()}); !id.Equals(answer.BlockID) {
		return nil, fmt.Errorf("its id is %v, not %v", id, answer.BlockID)
	}
	if !bytes.Equal(results, block.LastResultsHash) {
		return nil, errors.New("the hash of the last results is another")
	}
	params, err := rpc.ConsensusParams(ctx, &height)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(params.ConsensusParams.Hash(), block.ConsensusHash) {
		return nil, errors.New("the hash of the consensus parameters is another")
	}
	if height > 1 {
		if err := checkLastCommit(ctx, rpc, chainID, block); err != nil {
			return nil, err
		}
	}
	done, err := rpc.BlockResults(ctx, &height)
	if err != nil {
		return nil, err
	}
	return types.NewResults(done.TxsResults).Hash(), nil
}

func checkLastCommit(ctx context.Context, rpc *rpchttp.HTTP, chainID string, block *types.Block) error {
	height := block.Height - 1
	listed, err := rpc.Validators(ctx, &height, nil, nil)
	if err != nil {
		return err
	}
	validators := types.NewValidatorSet(listed.Validators)
	if err := validators.VerifyCommit(chainID, block.LastBlockID, height, block.LastCommit); err != nil {
		return err
	}
	median, err := state.MedianTime(block.LastCommit, validators)
	if err != nil {
		return err
	}
	if !median.Equal(block.Time) {
		return fmt.Errorf("its time is %v, but the last commit's is %v", block.Time, median)
	}
	return nil
}

// The value of a key in the state after a block stands under the application hash of the next header.
func prove(ctx context.Context, url, chainID, store, hexKey, text string) error {
	height, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return err
	}
	key, err := hex.DecodeString(hexKey)
	if err != nil {
		return err
	}
	client, err := newClient(ctx, "skipping", url, chainID)
	if err != nil {
		return err
	}
	block, err := client.VerifyLightBlockAtHeight(ctx, height+1, time.Now())
	if err != nil {
		return err
	}
	rpc, err := rpchttp.New(url, "/websocket")
	if err != nil {
		return err
	}
	options := rpcclient.ABCIQueryOptions{Height: height, Prove: true}
	result, err := rpc.ABCIQueryWithOptions(ctx, "/store/"+store+"/key", key, options)
	if err != nil {
		return err
	}
	answer := result.Response
	if !answer.IsOK() || answer.Height != height || answer.ProofOps == nil {
		return fmt.Errorf("no answer with a proof at height %d: %s", height, answer.Log)
	}
	path := merkle.KeyPath{}.AppendKey([]byte(store), merkle.KeyEncodingURL).AppendKey(key, merkle.KeyEncodingHex).String()
	runtime := rootmulti.DefaultProofRuntime()
	if len(answer.Value) == 0 {
		err = runtime.VerifyAbsence(answer.ProofOps, block.AppHash, path)
	} else {
		err = runtime.VerifyValue(answer.ProofOps, block.AppHash, path, answer.Value)
	}
	if err != nil {
		return err
	}
	return print(map[string]any{"height": height, "value": hex.EncodeToString(answer.Value), "appHash": block.AppHash})
}

func newClient(ctx context.Context, mode, url, chainID string) (*light.Client, error) {
	primary, err := httpprovider.New(chainID, url)
	if err != nil {
		return nil, err
	}
	first, err := primary.LightBlock(ctx, 1)
	if err != nil {
		return nil, err
	}
	verification := light.SkippingVerification(light.DefaultTrustLevel)
	if mode == "sequential" {
		verification = light.SequentialVerification()
	}
	trust := light.TrustOptions{Period: trustingPeriod, Height: 1, Hash: first.Hash()}
	kept := lightdb.New(dbm.NewMemDB(), chainID)
	return light.NewClient(ctx, chainID, trust, primary, []provider.Provider{primary}, kept, verification)
}

func print(line map[string]any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(text))
	return err
}
